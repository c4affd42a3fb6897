// A document in the layout of official documents (党政机关公文格式, GB/T 9704): as printable HTML and as
// PDF. It knows no release and no letter: whoever has one says what stands where.
import type { Instant } from '../identity/identity.js'

export { htmlOf } from './html.js'
export { printer, type Printer } from './printer.js'

/** One labelled line. */
export type LabelledField = { readonly label: string; readonly value: string }

/** Something that lies behind the document, on pages of its own. */
export type Annex = {
  readonly title: string
  /** Each begins with an indent; an empty one is a blank line. */
  readonly paragraphs: readonly string[]
  readonly fields: readonly LabelledField[]
}

/** What stands in a document. An empty text is not printed. */
export type OfficialDocument = {
  /** 发文机关标志: the red header. */
  readonly issuer: string
  /** 紧急程度 */
  readonly urgency: string
  /** 发文字号 */
  readonly number: string
  /** 签发人: a person. */
  readonly signedOff: string
  readonly title: string
  /** 主送机关 */
  readonly addressee: string
  readonly paragraphs: readonly string[]
  readonly fields: readonly LabelledField[]
  /** 附件说明: names, in order. */
  readonly attachments: readonly string[]
  /** 发文机关署名 */
  readonly signatory: string
  /** 成文日期: `2026-09-28`, printed as 2026年9月28日. */
  readonly date: string
  readonly annexes: readonly Annex[]
  /** What the file says of its own making: never the present time. */
  readonly dated: Instant
  /** Digest of the record it is made from: the file's identity follows from it. */
  readonly digest: string
}

/** Font files (TrueType or OpenType); empty: the one that comes with the house (思源宋体). */
export type Fonts = {
  /** 仿宋 */
  readonly body: string
  /** 小标宋 */
  readonly title: string
}
