// huiqian clock outages, record-outage, preview, recomputations: what moves a deadline.
import {
  ListOutagesResponse,
  ListRecomputationsResponse,
  type Outage,
  RecordOutageResponse,
  PreviewRecomputationResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { LIMIT, REQUEST_ID, type Command } from '../command.js'
import { textOf } from '../files.js'
import { firstOf } from '../pages.js'
import { SECOND } from './clock.js'
import { timeText } from '../text/times.js'
import { instrumentOf } from './calendar.js'

const outages: Command = {
  words: 'clock outages',
  takes: [],
  about: { zh: '服务不能收取答复的时段', en: 'stretches in which replies could not be taken' },
  options: LIMIT,
  async run(desk, asked) {
    const calls = await desk.clocks()
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listOutages(page)
      return { items: answer.outages, nextPageToken: answer.nextPageToken }
    })
    await desk.tell(ListOutagesResponse.toJSON({ outages: items, nextPageToken }), () => [
      ...items.map(outageLine),
      ...desk.more(nextPageToken),
    ])
  },
}

const outageLine = ({ from, to, cause, recordedBy, note }: Outage): string =>
  [`${timeText(from)} – ${timeText(to)}`, cause, recordedBy, note].filter(Boolean).join('  ')

const recordOutage: Command = {
  words: 'clock record-outage',
  takes: [],
  about: {
    zh: '记录服务自身不能察觉的中断',
    en: 'put an outage on record that the service could not see itself',
  },
  options: {
    from: { takes: '<instant>', about: { zh: '何时起', en: 'from when' } },
    to: { takes: '<instant>', about: { zh: '何时止', en: 'until when' } },
    note: { takes: '<text>', about: { zh: '何种中断', en: 'what it was' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      requestId: desk.requestId,
      from: timestampOf(parseInstant(asked.text('from'), '--from')),
      to: timestampOf(parseInstant(asked.text('to'), '--to')),
      note: asked.text('note'),
    }
    const calls = await desk.clocks()
    const answer = await desk.change(() => calls.recordOutage(request))
    const { outage, awaitsSecond } = answer
    if (outage === undefined) throw new Error('answered without an outage')
    await desk.tell(RecordOutageResponse.toJSON(answer), () => [
      outageLine(outage),
      ...(awaitsSecond ? [desk.say('已提议，待另一名运行人员以同样的内容确认', SECOND)] : []),
    ])
  },
}

const preview: Command = {
  words: 'clock preview',
  takes: ['<file>'],
  about: {
    zh: '放假通知（JSON）会改动哪些期限，原期限与新期限',
    en: 'which open deadlines a notice (JSON) would move, old and new',
  },
  options: LIMIT,
  async run(desk, asked) {
    const instrument = instrumentOf(await textOf(desk, asked.argument(0)))
    const calls = await desk.clocks()
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.previewRecomputation({ instrument, ...page })
      return { items: answer.moved, nextPageToken: answer.nextPageToken }
    })
    const names = await desk.names(items.map(({ agency }) => agency))
    await desk.tell(PreviewRecomputationResponse.toJSON({ moved: items, nextPageToken }), () => [
      ...items.map(({ agency, from, to, lastDay, consultationId, reversesDeeming }) =>
        [
          names(agency),
          `${timeText(from)} → ${timeText(to)}`,
          desk.say(`最后一日 ${lastDay}`, `last day ${lastDay}`),
          consultationId,
          ...(reversesDeeming ? [desk.say('推翻视为同意', 'reverses a deemed consent')] : []),
        ].join('  '),
      ),
      ...(items.length === 0 ? [desk.say('不改动任何期限', 'no deadline moves')] : []),
      ...desk.more(nextPageToken),
    ])
  },
}

const recomputations: Command = {
  words: 'clock recomputations',
  takes: [],
  about: { zh: '改动期限的各次办理', en: 'the recorded jobs that moved deadlines' },
  options: {},
  async run(desk) {
    const calls = await desk.clocks()
    const answer = await calls.listRecomputations({})
    await desk.tell(ListRecomputationsResponse.toJSON(answer), () =>
      answer.recomputations.map(
        ({ revision, instrument, startedAt, finishedAt, moved, reversed }) =>
          [
            desk.say(`日历第 ${revision} 版`, `revision ${revision}`),
            instrument,
            `${timeText(startedAt)} – ${timeText(finishedAt)}`,
            desk.say(`改动 ${moved} 项`, `${moved} moved`),
            desk.say(`推翻视为同意 ${reversed} 项`, `${reversed} deemings reversed`),
          ].join('  '),
      ),
    )
  },
}

export const MOVED_DEADLINE_COMMANDS: readonly Command[] = [
  ...[outages, recordOutage, preview, recomputations],
]
