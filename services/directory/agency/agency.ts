// One agency's record (行政机关): registered, changed. Pure. Who else there is arrives as a value,
// for a superior must exist and a role has one holder a level and region.
import { Refusal } from '../../../shared/refusal/refusal.js'
import { agenciesOf, type Agencies, type AgencyRecord } from './agency-record.js'
import { checkRecord } from './check-record.js'

const RULE = 'house/agency-record'

export type AgencyEvent =
  | { readonly type: 'AgencyRegistered'; readonly agency: AgencyRecord }
  | { readonly type: 'AgencyUpdated'; readonly agency: AgencyRecord }

export type AgencyState = { readonly version: number; readonly record?: AgencyRecord }

export type AgencyCommand =
  | { readonly type: 'RegisterAgency'; readonly agency: AgencyRecord }
  /** `read` is the version that was read before the change. */
  | { readonly type: 'UpdateAgency'; readonly agency: AgencyRecord; readonly read: number }
  /** Register or change, whichever it takes. */
  | { readonly type: 'ImportAgency'; readonly agency: AgencyRecord }

export const unregistered: AgencyState = { version: 0 }

export function evolve(state: AgencyState, event: AgencyEvent): AgencyState {
  return { version: state.version + 1, record: event.agency }
}

/** `others` are the agencies around it, with all that is imported at once; `field` is the record's path in the request. */
export function decide(
  state: AgencyState,
  command: AgencyCommand,
  others: Agencies,
  field = 'agency',
): AgencyEvent[] {
  const { agency } = command
  switch (command.type) {
    case 'RegisterAgency': {
      checkRecord(agency, including(agency, others), field)
      if (state.record !== undefined)
        throw new Refusal('out-of-order', 'AGENCY_EXISTS', RULE, {
          field: `${field}.credit_code`,
          agency: agency.creditCode,
          name: state.record.name,
        })
      return [{ type: 'AgencyRegistered', agency }]
    }
    case 'UpdateAgency': {
      if (state.record === undefined)
        throw new Refusal('not-found', 'AGENCY_UNKNOWN', RULE, {
          field: `${field}.credit_code`,
          agency: agency.creditCode,
        })
      if (command.read !== state.version) throw new Refusal('overtaken', 'OVERTAKEN', RULE)
      checkRecord(agency, including(agency, others), field)
      return sameRecord(state.record, agency) ? [] : [{ type: 'AgencyUpdated', agency }]
    }
    case 'ImportAgency': {
      checkRecord(agency, including(agency, others), field)
      if (state.record === undefined) return [{ type: 'AgencyRegistered', agency }]
      return sameRecord(state.record, agency) ? [] : [{ type: 'AgencyUpdated', agency }]
    }
  }
}

/** The agencies as they would be with this record among them. */
function including(record: AgencyRecord, others: Agencies): Agencies {
  const itself = agenciesOf([record])
  return {
    of: (code) => itself.of(code) ?? others.of(code),
    holders: (role, level, region) => [
      ...others
        .holders(role, level, region)
        .filter((other) => other.creditCode !== record.creditCode),
      ...itself.holders(role, level, region),
    ],
  }
}

/** Whether two records say the same, whatever the order of their fields and absent ones. */
export function sameRecord(a: AgencyRecord, b: AgencyRecord): boolean {
  return plain(a) === plain(b)
}

const plain = (record: AgencyRecord): string =>
  JSON.stringify(
    Object.entries({ ...record, mailbox: record.mailbox && Object.entries(record.mailbox).sort() })
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
