// huiqian matter, breach: what the competent authority must organise, and breaches on record.
import {
  BreachRecord,
  ListBreachesResponse,
  ListMattersResponse,
  MatterKind,
  type Matter,
  type ObjectionWords,
} from '../../../gen/huiqian/coordination/v1/organising.js'
import { LIMIT, REQUEST_ID, type Command, type Language } from '../command.js'
import type { Names } from '../desk.js'
import { namedAgency } from '../named-agency.js'
import { firstOf } from '../pages.js'
import { MATTERS } from '../text/gate-words.js'
import { timeText } from '../text/times.js'
import { wordFor } from '../text/words.js'

const KINDS = {
  'letter-undelivered': MatterKind.LETTER_UNDELIVERED,
  'open-consultation': MatterKind.OPEN_CONSULTATION,
  'open-negotiation': MatterKind.OPEN_NEGOTIATION,
  'confirmation-awaited': MatterKind.CONFIRMATION_AWAITED,
  'paper-service-undecided': MatterKind.PAPER_SERVICE_UNDECIDED,
  'publication-overdue': MatterKind.PUBLICATION_OVERDUE,
  'unauthorised-release': MatterKind.UNAUTHORISED_RELEASE,
}

const matters: Command = {
  words: 'matter list',
  takes: [],
  about: {
    zh: '主管部门：本地区待办和久拖未决的事项，最久的在前',
    en: 'for the competent authority: what waits or ages, oldest first',
  },
  options: {
    kind: { takes: Object.keys(KINDS).join('|'), about: { zh: '种类', en: 'kind' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.organising()
    const kind = asked.oneOf('kind', KINDS, MatterKind.UNSPECIFIED)
    let agenciesWithoutMailbox: string[] = []
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listMatters({ kind, ...page })
      if (page.pageToken === '') agenciesWithoutMailbox = answer.agenciesWithoutMailbox
      return { items: answer.matters, nextPageToken: answer.nextPageToken }
    })
    const codes = items.flatMap(({ agency, releasingAgency }) => [agency, releasingAgency])
    const names = await desk.names([...codes, ...agenciesWithoutMailbox])
    const answer = { matters: items, nextPageToken, agenciesWithoutMailbox }
    await desk.tell(ListMattersResponse.toJSON(answer), () => [
      ...items.map((matter) => matterLine(matter, names, desk.language)),
      ...agenciesWithoutMailbox.map((code) =>
        desk.say(`无收文邮箱：${names(code)}`, `No designated mailbox: ${names(code)}`),
      ),
      ...desk.more(nextPageToken),
    ])
  },
}

function matterLine(matter: Matter, names: Names, language: Language): string {
  const { kind, releaseId, subject, releasingAgency, agency, since, dueAt, objection } = matter
  const due = dueAt === undefined ? '' : `${language === 'zh' ? '期限 ' : 'due '}${timeText(dueAt)}`
  return [
    timeText(since),
    wordFor(MATTERS, kind, language),
    ...[releasingAgency, agency].filter((code) => code !== '').map(names),
    ...[due, releaseId, subject].filter((text) => text !== ''),
    ...(objection === undefined ? [] : [objectionText(objection, language)]),
  ].join('  ')
}

function objectionText({ release, reason, where }: ObjectionWords, language: Language): string {
  const place = where === '' ? '' : language === 'zh' ? `（${where}）` : ` (${where})`
  return language === 'zh'
    ? `所称信息：${release}${place}；理由：${reason}`
    : `of ${release}${place}: ${reason}`
}

const breaches: Command = {
  words: 'breach list',
  takes: [],
  about: { zh: '列出记录在案的不符情形', en: 'breaches on record, newest first' },
  options: LIMIT,
  async run(desk, asked) {
    const calls = await desk.organising()
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listBreaches(page)
      return { items: answer.breaches, nextPageToken: answer.nextPageToken }
    })
    const names = await desk.names(items.flatMap(agenciesOf))
    await desk.tell(ListBreachesResponse.toJSON({ breaches: items, nextPageToken }), () => [
      ...items.flatMap((breach) => breachText(breach, names, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

const refer: Command = {
  words: 'breach refer',
  takes: ['<release>'],
  about: {
    zh: '将不符情形移送监察机关或上一级行政机关，写明后果',
    en: 'refer a breach to the supervision body or the superior organ, naming the consequence',
  },
  options: {
    to: { takes: '<code|name>', about: { zh: '移送谁', en: 'to whom' } },
    consequence: {
      takes: '<text>',
      about: { zh: '严重后果和不良社会影响', en: 'the consequence' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const consequence = asked.text('consequence')
    const { creditCode: to } = await namedAgency(await desk.directory(), asked.text('to'))
    const { requestId } = desk
    const request = { requestId, releaseId: asked.argument(0), to, consequence }
    const calls = await desk.organising()
    const { breach } = await desk.change(() => calls.referBreach(request))
    if (breach === undefined) throw new Error('answered without a breach')
    const names = await desk.names(agenciesOf(breach))
    await desk.tell(BreachRecord.toJSON(breach), () => breachText(breach, names, desk.language))
  },
}

const agenciesOf = ({ releasingAgency, referrals }: BreachRecord): string[] => [
  releasingAgency,
  ...referrals.map(({ to }) => to),
]

function breachText(breach: BreachRecord, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const { releaseId, releasingAgency, publication, recordedAt, referrals } = breach
  return [
    [
      timeText(recordedAt),
      names(releasingAgency),
      (publication?.breaches ?? []).join(zh ? '、' : ', '),
      releaseId,
    ].join('  '),
    ...(publication === undefined
      ? []
      : [`  ${timeText(publication.publishedAt)}  ${publication.where}  ${publication.digest}`]),
    ...referrals.map(
      ({ to, referredAt, consequence, referredBy }) =>
        `  ${zh ? '移送' : 'referred to'} ${names(to)}  ${timeText(referredAt)}  ${referredBy}  ${consequence}`,
    ),
  ]
}

export const ORGANISING_COMMANDS: readonly Command[] = [matters, breaches, refer]
