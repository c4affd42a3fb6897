import type {
  ImportAgenciesRequest,
  ImportAgenciesResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { missing } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { planImport } from '../agency/plan-import.js'
import type { Directory } from '../directory.js'
import type { ImportAnswer } from '../store/import-answers.js'
import { agencyOf } from './agency-message.js'
import { requestKey } from './request-key.js'

const AGENCIES_MAX = 5_000

type Needs = Pick<
  Directory,
  'agencies' | 'agenciesAround' | 'changeAgencies' | 'clock' | 'importAnswers'
>

/** Registers or changes many agencies, all or nothing; or says what would change. */
export const importAgencies = (directory: Needs) =>
  unary<ImportAgenciesRequest, ImportAgenciesResponse>(async (message, context) => {
    const { importAnswers, changeAgencies, clock } = directory
    if (message.agencies.length === 0) throw missing('agencies')
    if (message.agencies.length > AGENCIES_MAX)
      throw new Refusal('malformed', 'FIELD_VALUE', 'house/fields', {
        field: 'agencies',
        value: message.agencies.length,
        why_zh: `一次至多 ${AGENCIES_MAX} 个机关`,
        why_en: `at most ${AGENCIES_MAX} agencies at once`,
      })
    const proposed = message.agencies.map((one, index) => agencyOf(one, `agencies[${index}]`))
    if (message.preview) return asMessage(await preview(directory, proposed))
    const request = requestKey(context, message.requestId, { agencies: proposed })
    let answer: ImportAnswer | undefined
    const options = { request, now: clock.now() }
    const { replayed } = await changeAgencies(proposed, options, (stateOf, around) => {
      const plan = planImport(proposed, stateOf, around)
      answer = plan.answer
      return { events: plan.events, statements: [importAnswers.keep(request, plan.answer)] }
    })
    if (replayed || answer === undefined) answer = await importAnswers.of(request)
    return asMessage(answer)
  })

type Proposed = Parameters<typeof planImport>[0]

async function preview(
  { agenciesAround }: Pick<Directory, 'agenciesAround'>,
  proposed: Proposed,
): Promise<ImportAnswer> {
  const codes = proposed.map(({ creditCode }) => creditCode)
  const { agencies, versions } = await agenciesAround(codes, proposed)
  const stateOf = (code: string) => {
    const record = agencies.of(code)
    return { version: versions.get(code) ?? 0, ...(record && { record }) }
  }
  return planImport(proposed, stateOf, agencies).answer
}

const asMessage = ({ registered, updated, unchanged }: ImportAnswer): ImportAgenciesResponse => ({
  registered: [...registered],
  updated: [...updated],
  unchanged: [...unchanged],
})
