// What the directory is made of, once started: each part of it names the pieces that it touches.
import type { Clock } from '../../shared/clock/clock.js'
import type { Dossier, Dossiers } from '../../shared/dossier/dossier.js'
import type { PageTokens } from '../../shared/rpc/page-tokens.js'
import type { AgencyEvent, AgencyState } from './agency/agency.js'
import type { CalendarEvent, CalendarState } from './calendar/calendar.js'
import type { CalendarViews } from './calendar/calendar-views.js'
import type { ChangeAgencies } from './change-agencies.js'
import type { CredentialEvent, CredentialState } from './credential/credential.js'
import type { Revoked } from './duties/reread-revoked.js'
import type { AgencyTable } from './store/agencies.js'
import type { AgenciesAround } from './store/agencies-around.js'
import type { CredentialTable } from './store/credentials.js'
import type { EnrolmentEvent, EnrolmentState } from './enrolment/enrolment.js'
import type { CredentialKindOfDossier, EnrolmentKindOfDossier } from './store/dossiers.js'
import type { EnrolmentTable } from './store/enrolments.js'
import type { SigningKeyTable } from './store/signing-keys.js'
import type { SigningKeyEvent, SigningKeyState } from './signing-key/signing-key.js'
import type { ImportAnswers } from './store/import-answers.js'

/** Issues a certificate that says `uri`, for a key (SPKI, DER). */
export type Issue = (
  uri: string,
  publicKey: Uint8Array,
) => Promise<{ readonly certificate: string; readonly fingerprint: string }>

export type Directory = {
  readonly clock: Clock
  readonly dossier: Dossier
  readonly agencies: Dossiers<AgencyState, AgencyEvent>
  readonly credentials: Dossiers<CredentialState, CredentialEvent>
  readonly enrolments: Dossiers<EnrolmentState, EnrolmentEvent>
  /** For changes of both in one commit. */
  readonly enrolmentKind: EnrolmentKindOfDossier
  readonly credentialKind: CredentialKindOfDossier
  readonly enrolmentTable: EnrolmentTable
  /** Issues certificates, where the house has a development authority; absent: the operator's own does. */
  readonly issue: Issue | undefined
  readonly signingKeys: Dossiers<SigningKeyState, SigningKeyEvent>
  readonly calendars: Dossiers<CalendarState, CalendarEvent>
  readonly calendarViews: CalendarViews
  readonly changeAgencies: ChangeAgencies
  readonly agencyTable: AgencyTable
  readonly agenciesAround: AgenciesAround
  readonly credentialTable: CredentialTable
  readonly signingKeyTable: SigningKeyTable
  readonly importAnswers: ImportAnswers
  readonly pageTokens: PageTokens
  /** Which certificates are revoked, for the server of these calls. */
  readonly revoked: Revoked
}
