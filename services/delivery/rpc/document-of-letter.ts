// A letter as an official document: its words on the first pages, behind them the draft that it
// carries and the fixed record of its kind (proto/DOCUMENTS.md).
import type { Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type {
  Annex,
  OfficialDocument,
} from '../../../shared/official-document/official-document.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'

/** `digest`: of the letter's bytes as they are kept; `arrivedAt` where the letter bears no date. */
export function documentOfLetter(
  letter: Letter,
  { digest, arrivedAt }: { readonly digest: string; readonly arrivedAt: number },
): OfficialDocument {
  const issuer = wordsOf(letter, 'sender') ?? letter.sender
  const dated = (letter.dated && instantOf(letter.dated)) ?? arrivedAt
  const annexes = annexesOf(letter)
  const files = letter.attachments.map((file) => `${file.name}（SHA-256：${file.digest}）`)
  return {
    issuer,
    urgency: letter.urgency,
    number: letter.documentNumber,
    signedOff: letter.signatory,
    title: letter.title,
    addressee: wordsOf(letter, 'recipient') ?? letter.recipient,
    paragraphs: paragraphsOf(letter.body, issuer),
    fields: [],
    attachments: [...annexes.map(({ title }) => title), ...files],
    signatory: issuer,
    date: dateOf(dayOf(dated)),
    annexes,
    ...{ dated, digest },
  }
}

/** What the record of a letter says under a name; undefined: nothing. */
export const wordsOf = ({ fields }: Letter, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value

function annexesOf({ draftTitle, draftText, version, fields }: Letter): Annex[] {
  const draft = { title: `${draftTitle}（第${version}稿）`, paragraphs: [draftText], fields: [] }
  const record = {
    title: '登记要素',
    paragraphs: [],
    fields: fields.map(({ label, value }) => ({ label, value })),
  }
  return [...(draftText === '' ? [] : [draft]), ...(fields.length === 0 ? [] : [record])]
}

const ADDRESSEE = /^[^，。；：\n]{2,80}：$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

// To whom a letter is addressed, who signed it and when is in its text, too, for those who read that
// alone. On paper it stands in its place.
function paragraphsOf(body: string, issuer: string): string[] {
  const paragraphs = body.split('\n\n')
  if (ADDRESSEE.test(paragraphs[0] ?? '')) paragraphs.shift()
  const [date, name, ...signedOff] = (paragraphs.at(-1) ?? '').split('\n').reverse()
  const closes =
    DATE.test(date ?? '') && name === issuer && signedOff.every((one) => one.startsWith('签发人：'))
  return closes ? paragraphs.slice(0, -1) : paragraphs
}
