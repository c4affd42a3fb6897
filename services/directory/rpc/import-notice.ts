import type {
  ImportNoticeRequest,
  ImportNoticeResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { THE_CALENDAR } from '../announces.js'
import { decide, revisionAt } from '../calendar/calendar.js'
import { previewImport, type ImportPreview } from '../calendar/import-notice.js'
import type { Directory } from '../directory.js'
import { inWireFields, instrumentOf, revisionMessage } from './calendar-message.js'
import { requestKey } from './request-key.js'

/** Imports a notice; without `confirm`, says what it would change. */
export const importNotice = ({ calendars, clock }: Pick<Directory, 'calendars' | 'clock'>) =>
  unary<ImportNoticeRequest, ImportNoticeResponse>(async (message, context) => {
    const instrument = instrumentOf(message.instrument)
    const now = clock.now()
    if (!message.confirm) {
      const { instruments } = revisionAt((await calendars.read(THE_CALENDAR)).state)
      const preview = inWireFields(() => previewImport(instruments, instrument, dateOf(dayOf(now))))
      return { ...previewMessage(preview), revision: undefined, proposal: undefined }
    }
    const request = requestKey(context, message.requestId, { instrument })
    const author = callerLine(context.caller)
    const { state } = await calendars.change(THE_CALENDAR, { request, now }, (calendar) =>
      inWireFields(() => decide(calendar, { type: 'ImportNotice', instrument, author, now })),
    )
    const revision = revisionAt(state)
    const before = revision.instruments.slice(0, -1) // what it was imported into, now or the first time
    const preview = previewImport(before, instrument, dateOf(dayOf(revision.recordedAt)))
    return { ...previewMessage(preview), revision: revisionMessage(revision), proposal: undefined }
  })

const previewMessage = ({ changedDays, warnings }: ImportPreview) => ({
  changedDays: [...changedDays],
  warnings: warnings.map(({ code, zh, en }) => `${code}: ${zh} / ${en}`),
})
