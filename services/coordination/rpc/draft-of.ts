// A draft put together from a request and the caller's uploads: what it says, its digest, and the
// statements that keep it. The digest the caller computed must be the same.
import { Refusal } from '../../../shared/refusal/refusal.js'
import { textField } from '../../../shared/rpc/fields.js'
import type { Along } from '../../../shared/dossier/dossier.js'
import { digestField, TEXT_BYTES_MAX, TITLE_BYTES_MAX } from './requests.js'
import type { Uploads } from '../store/uploads.js'
import { seal, type Sealed } from '../draft/canonical-forms.js'

const ATTACHMENTS_MAX = 50

/** The draft in its canonical bytes, and the statements that bind its files to their release. */
export async function draftOf(
  uploads: Uploads,
  uploader: string,
  request: {
    readonly title: string
    readonly text: string
    readonly attachments: readonly string[]
    readonly draftDigest: string
  },
): Promise<{ readonly sealed: Sealed; readonly bind: (release: string) => Along }> {
  const title = textField(request.title, 'title', { maxBytes: TITLE_BYTES_MAX, oneLine: true })
  const text = textField(request.text, 'text', { maxBytes: TEXT_BYTES_MAX })
  const given = digestField(request.draftDigest, 'draft_digest', false)
  if (request.attachments.length > ATTACHMENTS_MAX)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      field: 'attachments',
      length: request.attachments.length,
      limit: ATTACHMENTS_MAX,
    })
  const digests = request.attachments.map((digest, index) =>
    digestField(digest, `attachments[${index}]`),
  )
  const attachments = await uploads.complete(uploader, digests)
  const sealed = seal({ form: 'huiqian-draft-1', title, text, attachments })
  if (given !== '' && given !== sealed.digest)
    throw new Refusal('malformed', 'DIGEST_MISMATCH', 'house/digests', {
      field: 'draft_digest',
      expected: sealed.digest,
      given,
    })
  return {
    sealed,
    bind: (release) => digests.map((digest) => uploads.bind({ digest, uploader, release })),
  }
}
