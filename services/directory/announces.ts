// What the directory's events tell the others: the one mapping out. Ids and numbers; no names.
import { Announcement } from '../../gen/huiqian/directory/v1/announcements.js'
import type { Announced, DossierKind, EventLike } from '../../shared/dossier/dossier.js'
import type { AgencyEvent } from './agency/agency.js'
import type { CalendarEvent } from './calendar/calendar.js'
import type { EnrolmentEvent } from './enrolment/enrolment.js'
import type { SigningKeyEvent } from './signing-key/signing-key.js'
import type { CredentialEvent } from './credential/credential.js'

type Meta = Parameters<DossierKind<unknown, EventLike>['announce']>[2]
type What = NonNullable<Announcement['what']>

export const AGENCY = 'agency'
export const CREDENTIAL = 'credential'
export const SIGNING_KEY = 'signing-key'
export const ENROLMENT = 'enrolment'
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
  signingKeyChanged: 'SigningKeyChanged',
  signingKeyProposed: 'SigningKeyProposed',
  certificateEnrolmentChanged: 'CertificateEnrolmentChanged',
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

/** A certificate was asked for, approved or rejected. */
export function announceEnrolment(
  enrolmentId: string,
  _event: EnrolmentEvent,
  meta: Meta,
): Announced {
  const what: What = {
    $case: 'certificateEnrolmentChanged',
    certificateEnrolmentChanged: { enrolmentId },
  }
  return announced(`${ENROLMENT}:${enrolmentId}`, meta, what)
}

/** What an event of a signing key tells: a registered one is told whole, so that nobody need ask for it. */
export function announceSigningKey(keyId: string, event: SigningKeyEvent, meta: Meta): Announced {
  return announced(`${SIGNING_KEY}:${keyId}`, meta, whatOfSigningKey(keyId, event, meta))
}

function whatOfSigningKey(keyId: string, event: SigningKeyEvent, { recordedAt }: Meta): What {
  const none = { agency: '', suite: '', publicKey: '', required: false }
  switch (event.type) {
    case 'SigningKeyProposed':
    case 'SigningKeyRetirementProposed':
      return { $case: 'signingKeyProposed', signingKeyProposed: { keyId } }
    case 'SigningKeyRegistered': {
      const { agency, suite, publicKey, required } = event
      const times = { registeredAt: recordedAt, retiredAt: 0 }
      const signingKeyChanged = { keyId, agency, suite, publicKey, required, ...times }
      return { $case: 'signingKeyChanged', signingKeyChanged }
    }
    case 'SigningKeyRetired': {
      const signingKeyChanged = { keyId, ...none, registeredAt: 0, retiredAt: recordedAt }
      return { $case: 'signingKeyChanged', signingKeyChanged }
    }
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
