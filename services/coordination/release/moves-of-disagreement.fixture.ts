// What is done about a disagreement in a small world: rounds, declined changes, instructions, filing, and
// everything that a coordinator may do.
import type { Candidate } from '../dispute/file-dispute.js'
import type { Heard } from '../dispute/heard.js'
import { CITY, OFFICE } from '../negotiation/law.fixture.js'
import type { AddresseeKind } from '../pack/pack.js'
import { asks, DRAFT_1, WATER } from './law.fixture.js'
import type { Move, MovesOf } from './search-moves.fixture.js'
import { versionsOf } from './search-moves.fixture.js'

export const DRAFT_3 = 'draft-3'
export const RULED_TEXT = 'draft-as-ruled'

/** Rounds with these agencies, held now, or held at the first instant and recorded now. */
export const rounds =
  (max: number, agencies: readonly string[], { alsoOld = false } = {}): MovesOf =>
  ({ pack, instants }, now, move) =>
    agencies.flatMap((agency) =>
      (alsoOld && now > instants[1]! ? [now, instants[1]!] : [now]).map((heldAt) =>
        move(
          'round',
          `a round with ${agency}${heldAt < now ? ', held before' : ''}`,
          (law, release) =>
            law.recordNegotiation(release, pack, {
              roundId: `round-${release.negotiation.rounds.length}`,
              kind: 'meeting',
              ...{ heldAt, now, participants: [WATER, agency], digest: 'round' },
            }),
          {
            agency,
            applies: ({ exists, negotiation }) => exists && negotiation.rounds.length < max,
          },
        ),
      ),
    )

/** The changes that an agency asks for are declined. */
export const declines =
  (agency: string): MovesOf =>
  (world, now, move) =>
    versionsOf(world).map((version) =>
      move(
        'decline',
        `the changes of ${agency} ${version} are declined`,
        (law, release) =>
          law.declineChanges(release, world.pack, {
            ...{ consultationId: asks(agency, version), now, reasonDigest: 'why' },
          }),
        { agency, consultationId: asks(agency, version), applies: atVersion(version) },
      ),
    )

const atVersion =
  (version: number): Move['applies'] =>
  (release) =>
    release.version === version

/** The objector asks for escalation. */
export const requests =
  (agency: string): MovesOf =>
  ({ pack }, now, move) => [
    move(
      'request',
      `${agency} asks for escalation`,
      (law, release) =>
        law.requestEscalation(release, pack, {
          ...{ consultationId: asks(agency, release.version), now, reasonDigest: 'why' },
        }),
      { agency },
    ),
  ]

/** The standing instruction is changed. */
export const instructs =
  (to: AddresseeKind): MovesOf =>
  ({ pack }, now, move) => [
    move('instruct', `instructed: ${to}`, (law, release) =>
      law.setStandingInstruction(release, pack, { instruction: { to, afterWorkingDays: 5 }, now }),
    ),
  ]

export type FilesMore = {
  readonly max: number
  readonly byItself?: true
  /** Who is the competent authority: the office of the city government, unless it is told otherwise. */
  readonly authority?: string
}

/** The dispute is filed: declared as failed to either addressee, and on the standing instruction. */
export const files =
  (
    addressees: readonly AddresseeKind[],
    { max, byItself, authority = OFFICE }: FilesMore,
  ): MovesOf =>
  ({ pack }, now, move) => {
    const candidates: Candidate[] = [
      { kind: 'superior_organ', agency: CITY, zh: '上一级', en: 'one level up' },
      { kind: 'competent_authority', agency: authority, zh: '主管部门', en: 'in charge' },
    ]
    const one = (to: AddresseeKind | undefined): Move =>
      move(
        'file',
        to === undefined ? 'filed by itself' : `filed with the ${to}`,
        (law, release) => {
          const plan = law.planDispute(release, pack, { ...(to && { to }), candidates })
          return law.fileDispute(release, pack, plan, {
            disputeId: `dispute-${release.disputes.length}`,
            ...{ now, documentNumber: '', numberFrom: 'allotted' },
            onStandingInstruction: to === undefined,
            ...{ summaryDigest: 'how-it-went', fileDigest: 'file' },
          })
        },
        {
          files: { ...(to && { to }), byItself: to === undefined },
          applies: ({ exists, disputes }) => exists && disputes.length < max,
        },
      )
    return [...addressees.map(one), ...(byItself ? [one(undefined)] : [])]
  }

export type Word =
  | 'accepted'
  | 'returned'
  | 'handed up'
  | 'ended'
  | 'release'
  | 'release another text'
  | 'release with changes'
  | 'do not release'
  | 'back to negotiation'

const heardAs = (word: Word, disputeId: string, now: number): Heard => {
  const ruled = { disputeId, what: 'ruled', rulingId: `ruling-of-${disputeId}` } as const
  const words = { coordinator: CITY, at: now, digest: 'grounds' }
  switch (word) {
    case 'accepted':
      return { disputeId, what: 'accepted', coordinator: CITY, at: now }
    case 'returned':
      return { disputeId, what: 'returned', at: now }
    case 'handed up':
      return { disputeId, what: 'reassigned', coordinator: 'province' }
    case 'ended':
      return { disputeId, what: 'ended', cause: 'nothing-in-dispute' }
    case 'release':
      return { ...ruled, ...words, disposition: 'release', draftDigest: DRAFT_1 }
    case 'release another text':
      return { ...ruled, ...words, disposition: 'release', draftDigest: 'a text of nobody' }
    case 'release with changes':
      return { ...ruled, ...words, disposition: 'release_with_changes', draftDigest: RULED_TEXT }
    case 'do not release':
      return { ...ruled, ...words, disposition: 'do_not_release', draftDigest: '' }
    case 'back to negotiation':
      return { ...ruled, ...words, disposition: 'back_to_negotiation', draftDigest: '' }
  }
}

/** What is heard of a coordinator, of any dispute, in whatever order. */
export const hears =
  (words: readonly Word[], max: number): MovesOf =>
  ({ pack }, now, move) =>
    Array.from({ length: max }, (_, index) => `dispute-${index}`).flatMap((disputeId) =>
      words.map((word) => {
        const heard = heardAs(word, disputeId, now)
        return move(
          'hear',
          `${disputeId}: ${word}`,
          (law, release) => law.hear(release, pack, textDisputed(heard, release), now),
          { heard, applies: ({ disputes }) => disputes.some(({ id }) => id === disputeId) },
        )
      }),
    )

// A coordinator that lets the draft be released names the text that it was shown.
const textDisputed = (heard: Heard, { disputes }: Parameters<Move['applies']>[0]): Heard =>
  heard.what === 'ruled' && heard.draftDigest === DRAFT_1
    ? {
        ...heard,
        draftDigest: disputes.find(({ id }) => id === heard.disputeId)?.draftDigest ?? '',
      }
    : heard
