// A ruling read field by field: each fault names its field.
import {
  RulingDisposition,
  type Dissent,
  type Ruling,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { creditCodeField, enumField, textField, unusable } from '../../../shared/rpc/fields.js'
import {
  digestField,
  lineField,
  TEXT_BYTES_MAX,
  TITLE_BYTES_MAX,
  wordsField,
} from '../../../shared/rpc/usual-fields.js'
import type { DraftForm, FileForm, RulingForm } from '../forms/forms.js'
import type { Disposition } from '../dispute/events.js'
import { DISPOSITIONS, wordOf } from './enums.js'

const DISSENTS_MAX = 20
const ATTACHMENTS_MAX = 50
const NUMBER_BYTES_MAX = 200

type Changed = Omit<DraftForm, 'form'>

export type Ruled = {
  readonly disposition: Disposition
  /** Empty: one is allotted. */
  readonly documentNumber: string
  readonly form: Omit<RulingForm, 'dispute' | 'draft' | 'changed'>
  /** The text that may be released with its changes, out of files of the draft in dispute; empty with every other disposition. */
  readonly textOf: (files: readonly FileForm[]) => Changed
}

export function ruledOf(ruling: Ruling): Ruled {
  const disposition = wordOf(
    DISPOSITIONS,
    enumField(ruling.disposition, 'ruling.disposition', RulingDisposition),
  )
  const { title, text, attachments } = ruling
  const changes = disposition === 'release_with_changes'
  if (!changes && (title !== '' || text !== '' || attachments.length > 0))
    throw unusable('ruling.text', title === '' ? text : title, 'house/fields', {
      zh: '只有修改后发布的处理意见附有文本。',
      en: 'Only a ruling to release with changes has a text.',
    })
  if (changes) {
    textField(title, 'ruling.title', { maxBytes: TITLE_BYTES_MAX, oneLine: true })
    textField(text, 'ruling.text', { maxBytes: TEXT_BYTES_MAX })
    mustNotBeLonger(attachments, 'ruling.attachments', ATTACHMENTS_MAX)
  }
  return {
    disposition,
    documentNumber: textField(ruling.documentNumber, 'ruling.document_number', {
      ...{ maxBytes: NUMBER_BYTES_MAX, required: false, oneLine: true },
    }),
    form: {
      form: 'huiqian-ruling-1',
      disposition,
      grounds: wordsField(ruling.grounds, 'ruling.grounds', true),
      legalBasis: wordsField(ruling.legalBasis, 'ruling.legal_basis'),
      dissents: dissentsOf(ruling.dissents),
      signatory: lineField(ruling.signatory, 'ruling.signatory'),
    },
    textOf: (files) => ({
      ...{ title, text },
      attachments: attachments.map((one, index) => fileOf(files, one, index)),
    }),
  }
}

function dissentsOf(dissents: readonly Dissent[]): RulingForm['dissents'] {
  mustNotBeLonger(dissents, 'ruling.dissents', DISSENTS_MAX)
  return dissents.map(({ agency, words }, index) => ({
    agency: creditCodeField(agency, `ruling.dissents[${index}].agency`),
    words: wordsField(words, `ruling.dissents[${index}].words`, true),
  }))
}

/** A file of the draft in dispute; name and size, where they are given, are its own. */
function fileOf(
  files: readonly FileForm[],
  { digest, name, size }: Ruling['attachments'][number],
  index: number,
): FileForm {
  const field = `ruling.attachments[${index}]`
  const found = files.find((file) => file.digest === digestField(digest, `${field}.digest`))
  if (found === undefined)
    throw new Refusal('malformed', 'ATTACHMENT_NOT_OF_DRAFT', 'house/uploads', { field, digest })
  if ((name !== '' && name !== found.name) || (size !== 0 && size !== found.size))
    throw unusable(field, name, 'house/uploads', {
      zh: '文件名和大小须与所争议稿件的附件一致，或者留空。',
      en: 'Name and size must be those of the file in dispute, or left out.',
    })
  return { digest: found.digest, name: found.name, size: found.size }
}

function mustNotBeLonger(list: readonly unknown[], field: string, limit: number): void {
  const { length } = list
  if (length > limit)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', { field, length, limit })
}
