// What an agency says of a release that it need not know: that it is affected too (协调 art. 6 para 1), or
// that the release is unauthorised (art. 8). Received first, for every release alike, in a dossier of its
// own; passed on to the release afterwards, so that the answer confirms nothing. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'

export type StatementAbout = 'affected' | 'unauthorised'

/** A release that the statement was found to be about. */
export type PassedTo = {
  readonly releaseId: Id<'release'>
  readonly releasingAgency: Id<'agency'>
}

export type Statement = {
  readonly about: StatementAbout
  readonly agency: Id<'agency'>
  readonly receivedAt: Instant
  /** Digest of its words: the release as it was named, where, why. */
  readonly digest: string
  /** Absent: not passed on yet. Empty: no release was found. */
  readonly passedTo?: readonly PassedTo[]
}

export type StatementEvent =
  | ({ readonly type: 'StatementReceived'; readonly receivedBy: string } & Omit<
      Statement,
      'passedTo'
    >)
  | { readonly type: 'StatementPassedOn'; readonly passedTo: readonly PassedTo[] }

export const noStatement: Statement = { about: 'affected', agency: '', receivedAt: 0, digest: '' }

export function evolveStatement(state: Statement, event: StatementEvent): Statement {
  if (event.type === 'StatementPassedOn') return { ...state, passedTo: event.passedTo }
  const { about, agency, receivedAt, digest } = event
  return { about, agency, receivedAt, digest }
}
