// Passes on what agencies said of releases that they need not know: to the release that it is about, where
// there is one. The answer was given before, and is the same for every release.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import { declareAffected } from '../declaration/declare.js'
import type { PassedTo, StatementEvent } from '../declaration/statement.js'
import { unseal, type WordsForm } from '../draft/canonical-forms.js'
import type { ReleaseEvent } from '../release/events.js'

const BATCH_MAX = 100
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

type Means = Pick<
  Coordination,
  'dossier' | 'kinds' | 'statements' | 'gateQuestions' | 'titles' | 'content' | 'packs' | 'clock'
>

export const passStatements = (means: Means): Duty => ({
  name: 'pass-statements',
  nextAt: () => means.gateQuestions.earliestStatement(),
  async round() {
    const ids = await means.gateQuestions.statementsToPass(BATCH_MAX)
    for (const id of ids) await passOn(means, id)
    return ids.length
  },
})

async function passOn(means: Means, id: string): Promise<void> {
  const { dossier, kinds, statements, content, packs, clock } = means
  const { state: said } = await statements.read(id)
  const found = await content.get(statementContent(id), said.digest)
  const named = found === undefined ? '' : (unseal<WordsForm>(found.bytes).words[0] ?? '')
  const releaseIds = await releasesNamed(means, named)
  const now = clock.now()
  const loads = [
    { kind: kinds.statement.name, id },
    ...releaseIds.map((releaseId) => ({ kind: kinds.release.name, id: releaseId })),
  ]
  await dossier.changeTogether(loads, { now }, (several) => {
    if (several.state(kinds.statement, id).state.passedTo !== undefined) return { parts: [] }
    const parts: { kind: string; id: string; events: readonly ReleaseEvent[] }[] = []
    const passedTo: PassedTo[] = []
    for (const releaseId of releaseIds) {
      const { state } = several.state(kinds.release, releaseId)
      if (!state.exists) continue
      passedTo.push({ releaseId, releasingAgency: state.releasingAgency })
      if (said.about !== 'affected') continue
      const { agency, receivedAt: declaredAt, digest } = said
      const events = declareAffected(state, packs.byName(state.pack), {
        ...{ declarationId: id, agency, declaredAt, digest, now },
      })
      if (events.length > 0) parts.push({ kind: kinds.release.name, id: releaseId, events })
    }
    const passed: StatementEvent = { type: 'StatementPassedOn', passedTo }
    return {
      parts: [{ kind: kinds.statement.name, id, events: [passed] }, ...parts],
      // Its words lie with the release from now on, too: they end when its content does.
      statements:
        found === undefined ? [] : parts.map((part) => content.put({ ...found, release: part.id })),
    }
  })
}

/** Where the words of a statement lie until they are passed on. */
export const statementContent = (id: string): string => `statement:${id}`

const releasesNamed = async ({ titles }: Means, named: string): Promise<string[]> => {
  const text = named.trim()
  return UUID.test(text.toLowerCase()) ? [text.toLowerCase()] : titles.find(text)
}
