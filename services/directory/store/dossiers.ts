// The directory's kinds of dossier: the law, tied to the tables that are kept in step with it and to
// what others are told.
import type { DossierKind } from '../../../shared/dossier/dossier.js'
import * as agency from '../agency/agency.js'
import {
  AGENCY,
  announceAgency,
  announceCalendar,
  announceCredential,
  announceSigningKey,
  announceEnrolment,
  CALENDAR,
  CREDENTIAL,
  SIGNING_KEY,
  ENROLMENT,
} from '../announces.js'
import * as calendar from '../calendar/calendar.js'
import * as credential from '../credential/credential.js'
import { agencyPosts } from './agency-posts.js'
import * as enrolment from '../enrolment/enrolment.js'
import { enrolmentTable } from './enrolments.js'
import * as signingKey from '../signing-key/signing-key.js'
import { signingKeyTable } from './signing-keys.js'
import { credentialTable } from './credentials.js'
import type { DirectoryDatabase } from './schema.js'

export type AgencyKindOfDossier = DossierKind<agency.AgencyState, agency.AgencyEvent>
export type CredentialKindOfDossier = DossierKind<
  credential.CredentialState,
  credential.CredentialEvent
>
export type SigningKeyKindOfDossier = DossierKind<
  signingKey.SigningKeyState,
  signingKey.SigningKeyEvent
>
export type EnrolmentKindOfDossier = DossierKind<enrolment.EnrolmentState, enrolment.EnrolmentEvent>
export type CalendarKindOfDossier = DossierKind<calendar.CalendarState, calendar.CalendarEvent>

export function kindsOfDossier(database: DirectoryDatabase): {
  readonly agencies: AgencyKindOfDossier
  readonly credentials: CredentialKindOfDossier
  readonly signingKeys: SigningKeyKindOfDossier
  readonly enrolments: EnrolmentKindOfDossier
  readonly calendars: CalendarKindOfDossier
} {
  const postAgency = agencyPosts(database)
  const { post: postCredential } = credentialTable(database)
  const { post: postEnrolment } = enrolmentTable(database)
  const { post: postSigningKey } = signingKeyTable(database)
  return {
    agencies: {
      name: AGENCY,
      initial: () => agency.unregistered,
      evolve: agency.evolve,
      fingerPosts: (_id, _before, { record, version }) =>
        record ? postAgency(record, version) : [],
      announce: announceAgency,
    },
    credentials: {
      name: CREDENTIAL,
      initial: () => credential.unknown,
      evolve: credential.evolve,
      fingerPosts: (fingerprint, _before, after) => [postCredential(fingerprint, after)],
      announce: announceCredential,
    },
    enrolments: {
      name: ENROLMENT,
      initial: () => enrolment.noEnrolment,
      evolve: enrolment.evolve,
      fingerPosts: (id, _before, after) => [postEnrolment(id, after)],
      announce: announceEnrolment,
    },
    signingKeys: {
      name: SIGNING_KEY,
      initial: () => signingKey.noKey,
      evolve: signingKey.evolve,
      fingerPosts: (keyId, _before, after) => postSigningKey(keyId, after),
      announce: announceSigningKey,
    },
    calendars: {
      name: CALENDAR,
      initial: () => calendar.empty,
      evolve: calendar.evolve,
      announce: announceCalendar,
    },
  }
}
