// What the tests of disagreement share: rounds, declined changes, a filed dispute, what a coordinator does.
import { hear, type Heard } from '../dispute/heard.js'
import { fileDispute, planDispute, type Candidate } from '../dispute/file-dispute.js'
import type { Disposition } from '../dispute/dispute.js'
import type { AddresseeKind, Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { asks, at, DRAFT_1, HEALTH, POLICE, qingyuan, WATER } from '../release/law.fixture.js'
import type { Release } from '../release/state.js'
import { declineChanges, recordNegotiation } from './negotiate.js'

export const CITY = 'city-government'
export const OFFICE = 'office-of-the-city-government'
export const HELD = at('2026-10-09T16:00+08:00')
export const FILED = at('2026-10-12T10:00+08:00')
export const RULED = at('2026-10-20T10:00+08:00')
export const DISPUTE = 'dispute-1'
export const RULED_TEXT = 'draft-as-ruled'

export const candidates: readonly Candidate[] = [
  { kind: 'superior_organ', agency: CITY, zh: '上一级', en: 'one level up' },
  { kind: 'competent_authority', agency: OFFICE, zh: '主管部门', en: 'in charge of disclosure' },
]

export const decides =
  (decision: (release: Release, pack: Pack) => readonly ReleaseEvent[], pack = qingyuan) =>
  (release: Release) =>
    decision(release, pack)

export const negotiates = (
  more: Partial<Parameters<typeof recordNegotiation>[2]> = {},
  pack = qingyuan,
) =>
  decides((release) =>
    recordNegotiation(release, pack, {
      roundId: 'round-1',
      kind: 'meeting',
      heldAt: HELD,
      now: HELD,
      participants: [WATER, HEALTH],
      digest: 'round-words',
      ...more,
    }),
  )

export const declines = (agency = HEALTH, now = HELD) =>
  decides((release, pack) =>
    declineChanges(release, pack, {
      consultationId: asks(agency),
      now,
      reasonDigest: 'why-declined',
    }),
  )

export const files = (
  more: {
    to?: AddresseeKind
    candidates?: readonly Candidate[]
    now?: number
    disputeId?: string
    onStandingInstruction?: boolean
  } = {},
  pack = qingyuan,
) =>
  decides((release) => {
    const asked = { candidates, ...more }
    return fileDispute(release, pack, planDispute(release, pack, asked), {
      disputeId: DISPUTE,
      now: FILED,
      onStandingInstruction: false,
      documentNumber: '清水公开征〔2026〕9号',
      numberFrom: 'allotted',
      summaryDigest: 'how-it-went',
      fileDigest: 'the-file',
      ...more,
    })
  })

type HeardOf<What extends Heard['what']> = Omit<
  Extract<Heard, { what: What }>,
  'disputeId' | 'what'
>
const hears = (heard: Heard, now: number) =>
  decides((release, pack) => hear(release, pack, heard, now))
export const accepts = (coordinator = CITY, now = FILED + 1) =>
  hears({ disputeId: DISPUTE, what: 'accepted', coordinator, at: now }, now)
export const returns = (now = RULED) =>
  hears({ disputeId: DISPUTE, what: 'returned', at: now }, now)
export const reassigns = (coordinator: string, to?: AddresseeKind) =>
  hears({ disputeId: DISPUTE, what: 'reassigned', coordinator, ...(to && { to }) }, RULED)
export const rules = (disposition: Disposition, more: Partial<HeardOf<'ruled'>> = {}) =>
  hears(
    {
      disputeId: DISPUTE,
      what: 'ruled',
      rulingId: 'ruling-1',
      disposition,
      draftDigest:
        disposition === 'release'
          ? DRAFT_1
          : disposition === 'release_with_changes'
            ? RULED_TEXT
            : '',
      coordinator: CITY,
      at: RULED,
      digest: 'ruling-words',
      ...more,
    },
    RULED,
  )

export { asks, HEALTH, POLICE, WATER }
