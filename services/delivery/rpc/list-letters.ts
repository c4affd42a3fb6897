// The letters of the caller's mailbox, in order of number, a page at a time.
import {
  LetterKind,
  type ListLettersRequest,
  type ListLettersResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { enumField, pageSize, textField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { LETTER_KINDS } from '../letter/letter-kind.js'
import { entryOf } from './letter-message.js'
import { mailboxOf } from './relation.js'

const PAGE = { otherwise: 100, max: 1_000 }
const FILTER = { maxBytes: 64, required: false, oneLine: true }

export const listLetters = ({
  mailboxPage,
  pageTokens,
}: Pick<Delivery, 'mailboxPage' | 'pageTokens'>) =>
  unary<ListLettersRequest, ListLettersResponse>(async (request, context) => {
    const recipient = mailboxOf(context)
    const kind = LETTER_KINDS[enumField(request.kind, 'kind', LetterKind, { optional: true }) - 1]
    const releaseId = textField(request.releaseId, 'release_id', FILTER)
    const limit = pageSize(request.pageSize, PAGE)
    const scope = JSON.stringify(['ListLetters', recipient, kind ?? '', releaseId])
    const [after = 0] = pageTokens.decode(scope, request.pageToken) ?? []
    const filters = { ...(kind && { kind }), ...(releaseId && { releaseId }) }
    const question = { recipient, after: Number(after), limit: limit + 1, ...filters }
    const rows = await mailboxPage(question)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1)?.number : undefined
    return {
      entries: page.map(entryOf),
      nextPageToken: last ? pageTokens.encode(scope, [last]) : '',
    }
  })
