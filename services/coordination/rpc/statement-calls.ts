// What any registered agency may say of a release that it need not know: that it is affected too (协调
// art. 6 para 1), or that the release is unauthorised (art. 8). Always “received”, by the same steps and
// with the same answer, whether or not there is such a release: a duty looks for it afterwards.
import type {
  DeclareAffectedRequest,
  DeclareAffectedResponse,
  ObjectToUnauthorisedReleaseRequest,
  ObjectToUnauthorisedReleaseResponse,
} from '../../../gen/huiqian/coordination/v1/gate_calls.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { textField } from '../../../shared/rpc/fields.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import type { StatementAbout } from '../declaration/statement.js'
import { seal } from '../draft/canonical-forms.js'
import { statementContent } from '../duties/pass-statements.js'
import { ownAgency } from './relation.js'
import { lineField, requestKey, TITLE_BYTES_MAX, wordsField } from './requests.js'

type Room = Pick<Coordination, 'statements' | 'content' | 'mint'>

export const declareAffected = (room: Room) =>
  unary<DeclareAffectedRequest, DeclareAffectedResponse>(async (request, context) => {
    const named = nameField(request.release)
    const reason = wordsField(request.reason, 'reason', true)
    return received(room, 'affected', request, [named, reason], context)
  })

export const objectToUnauthorisedRelease = (room: Room) =>
  unary<ObjectToUnauthorisedReleaseRequest, ObjectToUnauthorisedReleaseResponse>(
    async (request, context) => {
      const named = nameField(request.release)
      const where = lineField(request.where, 'where')
      const reason = wordsField(request.reason, 'reason', true)
      return received(room, 'unauthorised', request, [named, reason, where], context)
    },
  )

const nameField = (value: string): string =>
  textField(value, 'release', { maxBytes: TITLE_BYTES_MAX, oneLine: true })

async function received(
  { statements, content, mint }: Room,
  about: StatementAbout,
  { requestId, ...command }: { readonly requestId: string },
  words: readonly string[],
  context: CallContext,
) {
  const { caller, admittedAt } = context
  const agency = ownAgency(context)
  const request = requestKey(caller, requestId, { about, ...command })
  const sealed = seal({ form: 'huiqian-words-1', about: `statement:${about}`, words })
  const id = mint.id<'statement'>(admittedAt)
  const { state } = await statements.change(id, { now: admittedAt, request }, () => ({
    events: [
      {
        type: 'StatementReceived',
        ...{ about, agency, digest: sealed.digest },
        receivedBy: callerLine(caller),
        receivedAt: admittedAt,
      },
    ],
    statements: [content.put({ release: statementContent(id), part: 'statement', ...sealed })],
  }))
  return { receivedAt: timestampOf(state.receivedAt) }
}
