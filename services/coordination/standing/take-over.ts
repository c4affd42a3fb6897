// A successor takes over what is open (协调, with the clocks as they run): the record names both, the successor
// is told, and a letter that the old agency never received is served on the successor anew. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { isSettled } from '../consultation/consultation.js'
import { presentConfirmations } from '../joint/joint.js'
import type { ReleaseEvent } from '../release/events.js'
import { hasEnded, presentConsultations, type Release } from '../release/state.js'

export type TakeOverEvent = {
  readonly type: 'SuccessorTookOver'
  readonly agency: Id<'agency'>
  readonly successor: Id<'agency'>
  readonly tookOverAt: Instant
  /** Consultations whose letter was never received: it is served on the successor. */
  readonly served: readonly Id<'consultation'>[]
}

/** By whom an agency's part was taken over, and which letters were served anew. */
export type TakenOver = Readonly<
  Record<string, { readonly successor: Id<'agency'>; readonly served: readonly string[] }>
>

export const evolveTakenOver = (state: TakenOver, event: TakeOverEvent): TakenOver => {
  const before = state[event.agency]
  const served = before?.successor === event.successor ? before.served : []
  return {
    ...state,
    [event.agency]: { successor: event.successor, served: [...served, ...event.served] },
  }
}

/** What a succession does to one release; asked again, nothing. */
export function takeOver(
  release: Release,
  { agency, successor, now }: { agency: Id<'agency'>; successor: Id<'agency'>; now: Instant },
): readonly ReleaseEvent[] {
  if (!release.exists || hasEnded(release)) return []
  const own = presentConsultations(release).filter((one) => one.agency === agency)
  const open = own.filter((one) => !isSettled(one))
  const confirms = presentConfirmations(release).some(
    (one) => one.agency === agency && one.status === 'awaited',
  )
  if (release.releasingAgency !== agency && open.length === 0 && !confirms) return []
  const before = release.takenOver[agency]
  const isKnown = before?.successor === successor
  const served = open
    .filter(
      ({ id, status }) => status === 'undelivered' && !(isKnown && before.served.includes(id)),
    )
    .map(({ id }) => id)
  if (isKnown && served.length === 0) return []
  return [{ type: 'SuccessorTookOver', agency, successor, tookOverAt: now, served }]
}
