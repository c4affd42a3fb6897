// huiqian mailbox: what an agency received, as it arrives, and its signature for it.
import {
  GetLetterResponse,
  LetterKind,
  ListLettersResponse,
  MailboxEntry,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { LIMIT, REQUEST_ID, type Command } from '../command.js'
import { SIGNED, signedOf } from '../signed.js'
import { firstOf } from '../pages.js'
import { entryLine, letterText } from '../text/letter-text.js'
import { watching } from '../watching.js'

const KINDS = {
  consultation: LetterKind.CONSULTATION_LETTER,
  reminder: LetterKind.REMINDER,
  certificate: LetterKind.CERTIFICATE_OF_DEEMED_CONSENT,
  defect: LetterKind.DEFECT_NOTICE,
  withdrawal: LetterKind.WITHDRAWAL,
  correction: LetterKind.CORRECTION,
  reply: LetterKind.REPLY_NOTICE,
  confirmation: LetterKind.CONFIRMATION_REQUEST,
  dispute: LetterKind.DISPUTE_APPLICATION,
  'co-review': LetterKind.CO_REVIEW_REQUEST,
  ruling: LetterKind.RULING,
  notice: LetterKind.NOTICE,
}

const list: Command = {
  words: 'mailbox list',
  takes: [],
  about: { zh: '列出收到的信件', en: 'letters received' },
  options: {
    kind: { takes: Object.keys(KINDS).join('|'), about: { zh: '种类', en: 'kind' } },
    release: { takes: '<release>', about: { zh: '某一事项的', en: 'of one release' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.mailboxes()
    const kind = asked.oneOf('kind', KINDS, LetterKind.UNSPECIFIED)
    const releaseId = asked.maybe('release') ?? ''
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listLetters({ kind, releaseId, ...page })
      return { items: answer.entries, nextPageToken: answer.nextPageToken }
    })
    const names = await desk.names(items.map(({ sender }) => sender))
    await desk.tell(ListLettersResponse.toJSON({ entries: items, nextPageToken }), () => [
      ...items.map((entry) => entryLine(entry, names, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

const show: Command = {
  words: 'mailbox show',
  takes: ['<letter>'],
  about: { zh: '阅读信件（记录在案）', en: 'read a letter; the reading is recorded' },
  options: {},
  async run(desk, asked) {
    const calls = await desk.mailboxes()
    const answer = await calls.getLetter({ letterId: asked.argument(0) })
    const { entry, letter } = answer
    if (entry === undefined || letter === undefined) throw new Error('answered without a letter')
    const names = await desk.names([letter.sender, letter.recipient])
    await desk.tell(GetLetterResponse.toJSON(answer), () =>
      letterText(entry, letter, names, desk.language),
    )
  },
}

const watch: Command = {
  words: 'mailbox watch',
  takes: [],
  about: { zh: '持续接收信件', en: 'letters as they arrive' },
  options: {
    after: { takes: '<number>', about: { zh: '从第几号之后', en: 'after this number' } },
    count: { takes: '<n>', about: { zh: '收几封后结束', en: 'end after so many' } },
  },
  async run(desk, asked) {
    const calls = await desk.mailboxes()
    let after = asked.number('after', 0, 0)
    let left = asked.number('count', Infinity)
    for await (const { entry } of watching(() => calls.watchMailbox({ after }))) {
      if (entry === undefined) continue
      after = entry.number
      const names = await desk.names([entry.sender])
      await desk.tellLine(MailboxEntry.toJSON(entry), () => entryLine(entry, names, desk.language))
      if (--left === 0) return
    }
  },
}

const sign: Command = {
  words: 'mailbox sign',
  takes: ['<letter>'],
  about: { zh: '签收信件', en: 'sign for a letter' },
  options: {
    by: { takes: '<name>', about: { zh: '签收人', en: 'who signs' } },
    ...SIGNED,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const { requestId } = desk
    const signed = await signedOf(desk, asked)
    const signedBy = asked.text('by')
    const request = { requestId, letterId: asked.argument(0), signedBy, signed }
    const calls = await desk.mailboxes()
    const { entry } = await desk.change(() => calls.signReceipt(request))
    if (entry === undefined) throw new Error('answered without an entry')
    const names = await desk.names([entry.sender])
    await desk.tell(MailboxEntry.toJSON(entry), () => [entryLine(entry, names, desk.language)])
  },
}

export const MAILBOX_COMMANDS: readonly Command[] = [list, show, watch, sign]
