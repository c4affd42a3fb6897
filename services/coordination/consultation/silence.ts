// What silence becomes (协调 art. 6 para 2): consent, effective at the deadline, where the pack says
// so. Doubt pauses it: no receipt, a provisional calendar, a year whose notice is awaited, an outage
// on the last day, the settling time. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Pack } from '../pack/pack.js'
import type { Consultation } from './consultation.js'
import type { ConsultationEvent } from './events.js'
import { isFirm, type DeadlineRecord } from './deadline.js'

/** A stretch in which the service could not take replies. */
export type Downtime = {
  readonly from: Instant
  readonly to: Instant
  /** A person put it on record: it may come after the deadline that it moves. */
  readonly recorded?: true
}

export type DeemConsent = {
  readonly now: Instant
  /** Settling time in milliseconds: a reply admitted before the deadline may still be on its way to the record. */
  readonly settling: number
  readonly downtimes: readonly Downtime[]
  /** Start of a Beijing day, by its date: arrives, because days are not computed here. */
  readonly startOf: (date: string) => Instant
  /** The deadline one working day later, for an outage on the last day; undefined where the calendar cannot say. */
  readonly nextWorkingDay: (deadline: DeadlineRecord, agency: string) => DeadlineRecord | undefined
}

/** Decides what the silence of one agency has become by now. */
export function deemConsent(
  state: Consultation,
  pack: Pack,
  command: DeemConsent,
): readonly ConsultationEvent[] {
  const { deadline } = state
  if (state.status !== 'running' || deadline === undefined || !isFirm(deadline)) return []
  const { moves, stands } = rollOver(state, pack, command)
  if (stands === undefined || !isFirm(stands)) return moves
  if (command.now < stands.at + command.settling) return moves
  return [
    ...moves,
    {
      type: pack.silence.effect === 'deemed_consent' ? 'ConsentDeemed' : 'SilenceRecorded',
      consultationId: state.id,
      effectiveAt: stands.at,
      recordedAt: command.now,
    },
  ]
}

export type RolledOver = {
  readonly moves: readonly ConsultationEvent[]
  /** The deadline that stands; undefined where the calendar cannot say, and then nothing is late. */
  readonly stands: DeadlineRecord | undefined
}

/** An outage on the last day rolls the deadline to the next working day, again and again if that day is struck too. */
export function rollOver(
  { id, agency, deadline }: Consultation,
  pack: Pack,
  command: Pick<DeemConsent, 'now' | 'downtimes' | 'startOf' | 'nextWorkingDay'>,
): RolledOver {
  const moves: ConsultationEvent[] = []
  let stands = deadline
  while (stands !== undefined && isFirm(stands) && command.now >= stands.at) {
    const minutes = outageMinutes(stands, command)
    if (minutes <= pack.outage.toleratedMinutes) break
    const from = stands.at
    stands = command.nextWorkingDay(stands, agency)
    if (stands === undefined) break
    if (stands.at <= from) throw new Error('a deadline rolls forward, never back')
    moves.push({
      type: 'DeadlineMoved',
      consultationId: id,
      cause: 'outage',
      from,
      deadline: stands,
      minutes,
    })
  }
  return { moves, stands }
}

/** Minutes in which the service was down on the last day of a period, in sum. */
export function outageMinutes(
  deadline: DeadlineRecord,
  { downtimes, startOf }: Pick<DeemConsent, 'downtimes' | 'startOf'>,
): number {
  if (downtimes.length === 0) return 0
  const start = startOf(deadline.lastDay)
  let sum = 0
  let counted = start // a minute that two records tell of is one minute
  for (const { from, to } of downtimes.toSorted((one, other) => one.from - other.from)) {
    const end = Math.min(to, deadline.at)
    sum += Math.max(0, end - Math.max(from, counted))
    counted = Math.max(counted, end)
  }
  return sum / 60_000
}

/** Stable causes for which the effect of silence waits though the deadline has passed, or cannot come at all. */
export type HoldCause =
  | 'provisional-calendar'
  | 'awaits-notice'
  | 'calendar-year-absent'
  | 'clock-in-doubt'
  | 'settling'
  | 'downtime'
  | 'silence-without-effect'

/** Why silence has not had its effect by now; empty where it has, or where the deadline is still ahead. */
export function holdsOn(
  state: Consultation,
  pack: Pack,
  command: Pick<DeemConsent, 'now' | 'settling' | 'downtimes' | 'startOf'> & {
    readonly clockInDoubt: boolean
  },
): HoldCause[] {
  const { deadline } = state
  if (state.status === 'expired') return ['silence-without-effect']
  if (state.status !== 'running') return []
  const causes: HoldCause[] = []
  if (deadline === undefined) {
    if (state.receivedAt !== undefined) causes.push('calendar-year-absent')
    if (pack.silence.effect === 'none') causes.push('silence-without-effect')
    return causes
  }
  if (deadline.provisional) causes.push('provisional-calendar')
  if (deadline.awaitsNotice !== undefined) causes.push('awaits-notice')
  if (pack.silence.effect === 'none') causes.push('silence-without-effect')
  if (command.now < deadline.at) return causes
  if (command.clockInDoubt) causes.push('clock-in-doubt')
  if (outageMinutes(deadline, command) > pack.outage.toleratedMinutes) causes.push('downtime')
  if (command.now < deadline.at + command.settling) causes.push('settling')
  return causes
}
