// A page of a mailbox, in order of number, from a number on; and one letter of it.
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import { withSigner } from './letter-content.js'
import type { DeliveryDatabase, LetterRow } from './schema.js'

export type PageQuestion = {
  readonly recipient: string
  /** Letters after this number. */
  readonly after: number
  readonly limit: number
  readonly kind?: LetterRow['kind']
  readonly releaseId?: string
}

/** A letter that arrived, with who signed for it. */
export type ListedLetter = LetterRow & { readonly signed_by: string | null }

export type MailboxPage = (question: PageQuestion) => Promise<ListedLetter[]>

export function mailboxPage(database: DeliveryDatabase, vault: Vault): MailboxPage {
  type Values = { recipient: string; after: number; limit: number; kind: string; release: string }
  const compiled = ([byKind, byRelease]: readonly [boolean, boolean]) =>
    database.compileOnce<Values>((db, $) =>
      db
        .selectFrom('letter')
        .leftJoin('signature', 'signature.letter_id', 'letter.letter_id')
        .selectAll('letter')
        .select('signature.signed_by')
        .where('letter.recipient', '=', $('recipient'))
        .where('letter.number', '>', $('after'))
        .$if(byKind, (query) => query.where('letter.kind', '=', $('kind') as LetterRow['kind']))
        .$if(byRelease, (query) => query.where('letter.release_id', '=', $('release')))
        .orderBy('letter.number')
        .limit($('limit')),
    )
  const plain = compiled([false, false])
  const ofKind = compiled([true, false])
  const ofRelease = compiled([false, true])
  const ofBoth = compiled([true, true])
  return async ({ recipient, after, limit, kind, releaseId }) => {
    const find = kind ? (releaseId ? ofBoth : ofKind) : releaseId ? ofRelease : plain
    const filters = { kind: kind ?? '', release: releaseId ?? '' }
    const rows = await database.query(find({ recipient, after, limit, ...filters }))
    return Promise.all((rows as ListedLetter[]).map((row) => withSigner(vault, row)))
  }
}

/** A letter of this mailbox that arrived; undefined: no such letter, not theirs, or not received. */
export type LetterOfMailbox = (
  recipient: string,
  letterId: string,
) => Promise<ListedLetter | undefined>

export function letterOfMailbox(database: DeliveryDatabase, vault: Vault): LetterOfMailbox {
  const find = database.compileOnce<{ recipient: string; letterId: string }>((db, $) =>
    db
      .selectFrom('letter')
      .leftJoin('signature', 'signature.letter_id', 'letter.letter_id')
      .selectAll('letter')
      .select('signature.signed_by')
      .where('letter.letter_id', '=', $('letterId'))
      .where('letter.recipient', '=', $('recipient'))
      .where('letter.state', '=', 'arrived'),
  )
  return async (recipient, letterId) => {
    const [row] = await database.query(find({ recipient, letterId }))
    return row && withSigner(vault, row as ListedLetter)
  }
}
