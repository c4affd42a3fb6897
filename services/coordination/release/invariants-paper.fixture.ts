// What must be true of letters and replies on paper (协调 art. 6 para 2), whoever did what in whatever order.
import type { Consultation } from '../consultation/consultation.js'
import {
  all,
  every,
  has,
  isFirm,
  isOwnWord,
  of,
  saysNo,
  saysYes,
  told,
} from './invariants-questions.fixture.js'
import type { Invariants } from './search.fixture.js'
import type { Move } from './search-moves.fixture.js'

const isUndecided = ({ paper }: Consultation): boolean =>
  paper?.status === 'late_on_record' || paper?.status === 'contested'

/** The causes that each kind of move may give for a reversal. */
const CAUSES: Partial<Record<Move['kind'], string>> = {
  reply: 'admitted-in-time',
  'paper-reply': 'paper-reply',
  contest: 'paper-contested',
  'decide-paper': 'paper-rejected',
  recompute: 'calendar-revision',
  outage: 'outage',
}

export const ofPaper: Invariants = {
  states: {
    'a contested or late service starts no clock before it is decided': every(
      (one) =>
        !isUndecided(one) ||
        (one.receivedAt === one.wireReceivedAt &&
          (one.wireReceivedAt !== undefined || one.deadline === undefined)),
    ),
    'a rejected service leaves the receipt by wire, or none': every(
      (one) => one.paper?.status !== 'rejected' || one.receivedAt === one.wireReceivedAt,
    ),
    'of two certain receipts the earlier one counts': every((one) => {
      if (one.status === 'deemed' || one.status === 'expired') return true // on the one that was certain then
      if (one.paper?.status !== 'taken' && one.paper?.status !== 'confirmed') return true
      return one.receivedAt === Math.min(one.paper.receivedAt, one.wireReceivedAt ?? Infinity)
    }),
    'no deadline is earlier than what was told': every(
      (one) => one.deadline === undefined || one.deadline.at >= told(one),
    ),
  },
  steps: {
    'what was told is never forgotten and never shortened': (step) =>
      all(step.before).every((one) => {
        const then = step.after.consultations[one.id]
        return then !== undefined && told(then) >= told(one)
      }),
    'a reversal always has its cause on record': (step) =>
      step.events.every(
        (event) => event.type !== 'DeemedConsentReversed' || event.cause === CAUSES[step.move.kind],
      ),
    'a deeming never survives a reply on paper that was handed in before its deadline': (step) => {
      const [before, after] = of(step)
      const { kind, reply } = step.move
      if (kind !== 'paper-reply' || step.refused !== undefined || reply === undefined) return true
      const { deadline } = before ?? {}
      const inTime = deadline !== undefined && reply.admittedAt < deadline.at
      const overtaken = (before?.opinion?.admittedAt ?? 0) > reply.admittedAt
      return before?.status !== 'deemed' || !inTime || overtaken || after?.status !== 'deemed'
    },
    'the releasing agency’s record never lifts a no that the agency gave itself': (step) => {
      const [before, after] = of(step)
      if (step.move.kind !== 'paper-reply' || step.move.recordedBy !== 'releasing') return true
      const own = before?.opinion?.paper?.recordedBy !== 'releasing'
      return !before || !after || !own || !saysNo(before) || !saysYes(after)
    },
    'an agency’s own word takes the place of what another recorded for it': (step) => {
      const [before, after] = of(step)
      const open = ['answered', 'defective', 'no_verdict'].includes(before?.status ?? '')
      if (!open || !isOwnWord(step) || step.refused !== undefined) return true
      return after?.opinion?.digest === step.move.reply?.digest
    },
    'a service is decided once, and what is not in doubt is confirmed by nobody': (step) => {
      if (!has(step, 'PaperServiceDecided')) return true
      const { paper } = of(step)[0] ?? {}
      if (step.move.says === 'yes')
        return paper?.status === 'contested' || paper?.status === 'late_on_record'
      return paper !== undefined && !['confirmed', 'rejected'].includes(paper.status)
    },
    'a service that falls takes the deeming that rests on it': (step) => {
      const [before, after] = of(step)
      const falls = has(step, 'PaperServiceContested', 'PaperServiceDecided')
      if (!falls || before?.status !== 'deemed' || before.paper?.status !== 'taken') return true
      return after?.status !== 'deemed'
    },
    'a confirmed service lets nobody be late before the agency was told': (step) => {
      if (!has(step, 'PaperServiceDecided') || step.move.says !== 'yes') return true
      const [before, after] = of(step)
      if (before?.status === 'deemed' || before?.status === 'expired') return true
      const { deadline } = after ?? {}
      return deadline === undefined || !isFirm(deadline) || deadline.at > step.move.now
    },
  },
}
