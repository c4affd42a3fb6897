// An agency's record on the wire and in the law; nothing else knows both shapes.
import {
  AgencyKind as KindMessage,
  Leadership as LeadershipMessage,
  Level as LevelMessage,
  Role as RoleMessage,
  type Agency,
} from '../../../gen/huiqian/directory/v1/directory.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { missing, unusable } from '../../../shared/rpc/fields.js'
import type {
  AgencyKind,
  AgencyRecord,
  Leadership,
  Level,
  Mailbox,
  Role,
} from '../agency/agency-record.js'
import { timestampField, timestampOf } from '../../../shared/rpc/timestamps.js'

const KINDS: readonly (readonly [AgencyKind, KindMessage])[] = [
  ['organ', KindMessage.ORGAN],
  ['empowered-organisation', KindMessage.EMPOWERED_ORGANISATION],
  ['public-utility', KindMessage.PUBLIC_UTILITY],
]
const LEVELS: readonly (readonly [Level, LevelMessage])[] = [
  ['national', LevelMessage.NATIONAL],
  ['province', LevelMessage.PROVINCE],
  ['prefecture', LevelMessage.PREFECTURE],
  ['county', LevelMessage.COUNTY],
  ['township', LevelMessage.TOWNSHIP],
]
const LEADERSHIPS: readonly (readonly [Leadership, LeadershipMessage])[] = [
  ['local', LeadershipMessage.LOCAL],
  ['vertical', LeadershipMessage.VERTICAL],
  ['dual', LeadershipMessage.DUAL],
]
const ROLES: readonly (readonly [Role, RoleMessage])[] = [
  ['competent-authority', RoleMessage.COMPETENT_AUTHORITY],
  ['review-body-legal', RoleMessage.REVIEW_BODY_LEGAL],
  ['review-body-secrecy', RoleMessage.REVIEW_BODY_SECRECY],
  ['review-body-supervision', RoleMessage.REVIEW_BODY_SUPERVISION],
]

/** The record that a message asks for; whether it fits among the others is for the law to say. */
export function agencyOf(message: Agency | undefined, field = 'agency'): AgencyRecord {
  if (message === undefined) throw missing(field)
  const { creditCode, name, aliases, region, documentPrefix, sample } = message
  const { superior, localSuperior, successor } = message
  const validFrom = instantIfGiven(message.validFrom, `${field}.valid_from`)
  const validUntil = instantIfGiven(message.validUntil, `${field}.valid_until`)
  const mailbox = mailboxOf(message, field)
  return {
    ...{ creditCode, name, aliases, region, documentPrefix, sample },
    level: fromWire(LEVELS, message.level, `${field}.level`),
    kind: fromWire(KINDS, message.kind, `${field}.kind`),
    leadership: fromWire(LEADERSHIPS, message.leadership, `${field}.leadership`),
    roles: message.roles.map((role, index) => fromWire(ROLES, role, `${field}.roles[${index}]`)),
    ...(superior !== '' && { superior }),
    ...(localSuperior !== '' && { localSuperior }),
    ...(successor !== '' && { successor }),
    ...(mailbox !== undefined && { mailbox }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
  }
}

function mailboxOf({ mailbox, creditCode }: Agency, field: string): Mailbox | undefined {
  if (mailbox === undefined) return undefined
  return {
    address: mailbox.address === '' ? creditCode : mailbox.address,
    designatedAt: timestampField(mailbox.designatedAt, `${field}.mailbox.designated_at`),
    instrument: mailbox.instrument,
  }
}

/** A record as it is told. */
export function agencyMessage(record: AgencyRecord, version: number): Agency {
  const { creditCode, name, aliases, region, documentPrefix, sample, mailbox } = record
  return {
    ...{ creditCode, name, aliases: [...aliases], region, documentPrefix, sample, version },
    level: toWire(LEVELS, record.level),
    kind: toWire(KINDS, record.kind),
    leadership: toWire(LEADERSHIPS, record.leadership),
    roles: record.roles.map((role) => toWire(ROLES, role)),
    superior: record.superior ?? '',
    localSuperior: record.localSuperior ?? '',
    successor: record.successor ?? '',
    mailbox: mailbox && { ...mailbox, designatedAt: timestampOf(mailbox.designatedAt) },
    validFrom: record.validFrom === undefined ? undefined : timestampOf(record.validFrom),
    validUntil: record.validUntil === undefined ? undefined : timestampOf(record.validUntil),
  }
}

/** A level that may be left open. */
export const levelIfGiven = (level: LevelMessage): Level | undefined =>
  level === LevelMessage.UNSPECIFIED ? undefined : fromWire(LEVELS, level, 'level')

/** A role that may be left open. */
export const roleIfGiven = (role: RoleMessage): Role | undefined =>
  role === RoleMessage.UNSPECIFIED ? undefined : fromWire(ROLES, role, 'role')

export const roleMessage = (role: Role): RoleMessage => toWire(ROLES, role)

const instantIfGiven = (stamp: Timestamp | undefined, field: string): Instant | undefined =>
  stamp === undefined ? undefined : timestampField(stamp, field)

type Pairs<Word, Wire> = readonly (readonly [Word, Wire])[]

function fromWire<Word, Wire extends number>(
  pairs: Pairs<Word, Wire>,
  wire: Wire,
  field: string,
): Word {
  const pair = pairs.find(([, number]) => number === wire)
  if (pair) return pair[0]
  if (wire === 0) throw missing(field)
  throw unusable(field, String(wire), 'house/fields', {
    zh: '接口定义中没有这个值。',
    en: 'The contract has no such value.',
  })
}

function toWire<Word, Wire extends number>(pairs: Pairs<Word, Wire>, word: Word): Wire {
  const pair = pairs.find(([one]) => one === word)
  if (!pair) throw new Error(`no wire value for ${String(word)}`)
  return pair[1]
}
