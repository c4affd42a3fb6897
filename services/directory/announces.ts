// What the directory's events tell the others: the one mapping out. Ids and numbers; no names.
import { Announcement } from '../../gen/huiqian/directory/v1/announcements.js'
import type { Announced, DossierKind, EventLike } from '../../shared/dossier/dossier.js'
import type { AgencyEvent } from './agency/agency.js'
import type { CalendarEvent } from './calendar/calendar.js'
import type { CredentialEvent } from './credential/credential.js'

type Meta = Parameters<DossierKind<unknown, EventLike>['announce']>[2]
type What = NonNullable<Announcement['what']>

export const AGENCY = 'agency'
export const CREDENTIAL = 'credential'
export const CALENDAR = 'calendar'
/** There is one calendar; regions are layers of it. */
export const THE_CALENDAR = 'CN'

const NAMES: Readonly<Record<What['$case'], string>> = {
  agencyChanged: 'AgencyChanged',
  calendarRevised: 'CalendarRevised',
  credentialRegistered: 'CredentialRegistered',
  credentialRevoked: 'CredentialRevoked',
  credentialRevocationProposed: 'CredentialRevocationProposed',
  noticeProposed: 'NoticeProposed',
}

/** An agency was registered or changed: others read it again. */
export function announceAgency(agency: string, _event: AgencyEvent, meta: Meta): Announced {
  const what: What = {
    $case: 'agencyChanged',
    agencyChanged: { agency, version: meta.version },
  }
  return announced(`${AGENCY}:${agency}`, meta, what)
}

/** What an event of a credential tells. */
export function announceCredential(
  fingerprint: string,
  event: CredentialEvent,
  meta: Meta,
): Announced {
  return announced(`${CREDENTIAL}:${fingerprint}`, meta, whatOfCredential(fingerprint, event))
}

function whatOfCredential(fingerprint: string, event: CredentialEvent): What {
  switch (event.type) {
    case 'CredentialRegistered':
      return { $case: 'credentialRegistered', credentialRegistered: { fingerprint } }
    case 'CredentialRevocationProposed':
      return {
        $case: 'credentialRevocationProposed',
        credentialRevocationProposed: { fingerprint },
      }
    case 'CredentialRevoked':
      return { $case: 'credentialRevoked', credentialRevoked: { fingerprint } }
  }
}

/** The calendar has a new revision: others read it. A proposal is told and changes nothing. */
export function announceCalendar(id: string, event: CalendarEvent, meta: Meta): Announced {
  const what: What =
    event.type === 'CalendarRevised'
      ? { $case: 'calendarRevised', calendarRevised: { revision: event.number } }
      : { $case: 'noticeProposed', noticeProposed: { digest: event.digest } }
  return announced(`${CALENDAR}:${id}`, meta, what)
}

function announced(stream: string, meta: Meta, what: What): Announced {
  const { version, recordedAt, commitment } = meta
  const mark = { stream, version, recordedAt, commitment: Buffer.from(commitment) }
  return { kind: NAMES[what.$case], bytes: Announcement.encode({ mark, what }).finish() }
}
