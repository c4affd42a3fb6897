// What silence becomes (协调 art. 6 para 2): consent, effective at the deadline, where the pack says
// so. Doubt pauses it: no receipt, a provisional calendar, a year whose notice is awaited, an outage
// on the last day, the settling time. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Pack } from '../pack/pack.js'
import type { Consultation, ConsultationEvent } from './consultation.js'
import { isFirm, type DeadlineRecord } from './deadline.js'

/** A stretch in which the service could not take replies. */
export type Downtime = { readonly from: Instant; readonly to: Instant }

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
): ConsultationEvent[] {
  const { deadline } = state
  if (state.status !== 'running' || deadline === undefined || !isFirm(deadline)) return []
  if (command.now < deadline.at) return []
  const minutes = outageMinutes(deadline, command)
  if (minutes > pack.outage.toleratedMinutes) {
    const moved = command.nextWorkingDay(deadline, state.agency)
    if (moved === undefined) return [] // the calendar cannot say: the effect of silence waits
    return [
      {
        type: 'DeadlineMoved',
        consultationId: state.id,
        cause: 'outage',
        from: deadline.at,
        deadline: moved,
        minutes,
      },
    ]
  }
  if (command.now < deadline.at + command.settling) return []
  return [
    {
      type: pack.silence.effect === 'deemed_consent' ? 'ConsentDeemed' : 'SilenceRecorded',
      consultationId: state.id,
      effectiveAt: deadline.at,
      recordedAt: command.now,
    },
  ]
}

/** Minutes in which the service was down on the last day of a period, in sum. */
export function outageMinutes(
  deadline: DeadlineRecord,
  { downtimes, startOf }: Pick<DeemConsent, 'downtimes' | 'startOf'>,
): number {
  if (downtimes.length === 0) return 0
  const start = startOf(deadline.lastDay)
  let sum = 0
  for (const { from, to } of downtimes)
    sum += Math.max(0, Math.min(to, deadline.at) - Math.max(from, start))
  return sum / 60_000
}

/** Stable causes for which the effect of silence waits though the deadline has passed, or cannot come at all. */
export type HoldCause =
  | 'provisional-calendar'
  | 'awaits-notice'
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
  if (state.status !== 'running' || deadline === undefined) return []
  const causes: HoldCause[] = []
  if (deadline.provisional) causes.push('provisional-calendar')
  if (deadline.awaitsNotice !== undefined) causes.push('awaits-notice')
  if (pack.silence.effect === 'none') causes.push('silence-without-effect')
  if (command.now < deadline.at) return causes
  if (command.clockInDoubt) causes.push('clock-in-doubt')
  if (outageMinutes(deadline, command) > pack.outage.toleratedMinutes) causes.push('downtime')
  if (command.now < deadline.at + command.settling) causes.push('settling')
  return causes
}
