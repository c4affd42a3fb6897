// A change of a release that may write consultation letters: where the agency gives no number of its
// own, one is allotted from its counter, in the same commit. An unused number is never allotted.
import type { Along, Decision, RequestKey } from '../../../shared/dossier/dossier.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import { confirmationReminderAt } from '../duties/remind-confirmations.js'
import { documentNumber, type NumberEvent } from '../numbers.js'
import type { Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import type { Release } from '../release/state.js'
import type { LetterMeans } from '../release/submit.js'

type Means = Pick<
  Coordination,
  'dossier' | 'releases' | 'kinds' | 'agencies' | 'revisions' | 'mint'
>

export type ChangeWithLetters = {
  readonly releaseId: string
  /** Absent: nobody asked, a duty does it. */
  readonly key?: RequestKey
  readonly now: number
  readonly agency: string
  readonly pack: Pack
  /** The number of the agency's own registry; empty: one is allotted. */
  readonly askedNumber: string
  readonly statements: Along
  readonly decide: (
    release: Release,
    letters: LetterMeans,
  ) => readonly ReleaseEvent[] | Decision<ReleaseEvent>
}

/** Decides and commits; a repeated request gets the state after its first time. */
export async function changeWithLetters(
  means: Means,
  change: ChangeWithLetters,
): Promise<{ readonly state: Release; readonly version: number }> {
  const { dossier, releases, kinds, agencies, mint } = means
  const { releaseId, key, now, agency, pack, askedNumber } = change
  const year = Number(dateOf(dayOf(now)).slice(0, 4))
  const counter = `${agency}/${year}`
  let answer: { state: Release; version: number } | undefined
  const loads = [
    { kind: kinds.release.name, id: releaseId },
    { kind: kinds.numbers.name, id: counter },
  ]
  const together = await dossier.changeTogether(
    loads,
    { now, ...(key && { request: key }) },
    (several) => {
      const { state, version } = several.state(kinds.release, releaseId)
      const number = several.state(kinds.numbers, counter).state.last + 1
      const prefix = agencies.get(agency)?.documentPrefix ?? ''
      const decided = change.decide(state, {
        documentNumber:
          askedNumber === ''
            ? documentNumber(
                prefix === '' ? agencies.name(agency) : prefix,
                pack.letters.numberWord,
                year,
                number,
              )
            : askedNumber,
        numberFrom: askedNumber === '' ? 'allotted' : 'agency',
        ids: () => ({ consultationId: mint.id(now), letterId: mint.id(now) }),
        remindAt: (coProducer) => confirmationReminderAt(means, pack, coProducer, now),
      })
      const { events, statements = [] } = 'events' in decided ? decided : { events: decided }
      const after = events.reduce(evolve, state)
      answer = { state: after, version: version + events.length }
      const used = events.some(
        (event) =>
          ((event.type === 'LettersIssued' && event.documentNumber !== '') ||
            event.type === 'DisputeFiled') &&
          event.numberFrom === 'allotted',
      )
      const allotted: NumberEvent[] = used
        ? [{ type: 'DocumentNumberAllotted', number, releaseId, version: after.version }]
        : []
      return {
        parts: [
          {
            ...{ kind: kinds.release.name, id: releaseId, events },
            statements: [...change.statements, ...statements],
          },
          ...(allotted.length === 0
            ? []
            : [{ kind: kinds.numbers.name, id: counter, events: allotted }]),
        ],
      }
    },
  )
  if (together.replayed !== undefined) {
    const { stream, version } = together.replayed
    const id = stream.slice(stream.indexOf(':') + 1)
    return { state: await releases.readAt(id, version), version }
  }
  if (answer === undefined) throw new Error('a change was committed without being decided')
  return answer
}
