// huiqian calendar import, calendar revisions: the calendar that a running service counts by. (Deadlines
// without a service are in calendar/.)
import {
  dayOperationFromJSON,
  dayOperationToJSON,
  ImportNoticeResponse,
  Instrument,
  InstrumentDay,
  ListRevisionsResponse,
  type NoticeProposal,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { LIMIT, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { textOf } from '../files.js'
import { jsonOf, mustHaveForm, type Form } from '../json-form.js'
import { firstOf } from '../pages.js'
import { timeText } from '../text/times.js'

const importNotice: Command = {
  words: 'calendar import',
  takes: ['<file>'],
  about: {
    zh: '导入放假通知（JSON）；不加 --confirm 只看变化，两位操作员先后确认同样内容才记录',
    en: 'import a notice (JSON); a preview without --confirm; recorded when two operators confirmed the same words',
  },
  options: {
    confirm: {
      about: {
        zh: '提议；或确认另一位操作员的提议',
        en: 'propose it, or confirm what another operator proposed',
      },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const instrument = instrumentOf(await textOf(desk, asked.argument(0)))
    const request = { requestId: desk.requestId, instrument, confirm: asked.flag('confirm') }
    const calls = await desk.calendars()
    const answer = await desk.change(() => calls.importNotice(request))
    const { changedDays, warnings, revision, proposal } = answer
    const worked = (works: boolean): string =>
      works ? desk.say('上班', 'worked') : desk.say('放假', 'off')
    await desk.tell(ImportNoticeResponse.toJSON(answer), () => [
      ...changedDays.map(
        (day) => `${day.date}  ${worked(day.workedBefore)} → ${worked(day.worksAfter)}`,
      ),
      ...warnings.map((warning) => desk.say(`注意：${warning}`, `Note: ${warning}`)),
      ...(proposal === undefined ? [] : [waits(desk, proposal)]),
      ...(revision === undefined
        ? []
        : [
            desk.say(`已记录为第 ${revision.number} 版`, `Recorded as revision ${revision.number}`),
          ]),
      ...((revision ?? proposal)
        ? []
        : [desk.say('（预览，未记录；加 --confirm 提议）', '(a preview; --confirm proposes it)')]),
    ])
  },
}

const waits = (desk: Desk, { proposedBy, proposedAt }: NoticeProposal): string => {
  const at = proposedAt === undefined ? '' : timeText(proposedAt)
  return desk.say(
    `${proposedBy} 于 ${at} 提议，尚未记录：待另一位操作员以同样内容确认`,
    `Proposed by ${proposedBy} at ${at}, not recorded: another operator confirms the same words`,
  )
}

const INSTRUMENT: Form = {
  empty: Instrument.create(),
  fields: {
    notifies: 'number',
    provides: 'number',
    days: {
      empty: InstrumentDay.create(),
      fields: { operation: { from: dayOperationFromJSON, to: dayOperationToJSON } },
    },
  },
}

/** The one notice of a file, none of whose words is passed over. */
export function instrumentOf(text: string): Instrument {
  const value = jsonOf(text)
  mustHaveForm([{ path: 'instrument', value }], INSTRUMENT)
  return Instrument.fromJSON(value)
}

const revisions: Command = {
  words: 'calendar revisions',
  takes: [],
  about: { zh: '日历的各版', en: 'the revisions of the calendar' },
  options: LIMIT,
  async run(desk, asked) {
    const calls = await desk.calendars()
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listRevisions(page)
      return { items: answer.revisions, nextPageToken: answer.nextPageToken }
    })
    await desk.tell(ListRevisionsResponse.toJSON({ revisions: items, nextPageToken }), () => [
      ...items.map(({ number, recordedAt, added, author }) =>
        [String(number).padStart(4), timeText(recordedAt), added, author].join('  '),
      ),
      ...desk.more(nextPageToken),
    ])
  },
}

export const CALENDAR_COMMANDS: readonly Command[] = [importNotice, revisions]
