import type {
  ImportNoticeRequest,
  ImportNoticeResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { THE_CALENDAR } from '../announces.js'
import {
  decide,
  instrumentDigest,
  proposalOf,
  revisionAt,
  type NoticeProposal,
} from '../calendar/calendar.js'
import { previewImport, type ImportPreview } from '../calendar/import-notice.js'
import type { Directory } from '../directory.js'
import { inWireFields, instrumentOf, revisionMessage } from './calendar-message.js'
import { requestKey } from './request-key.js'

/**
 * Imports a notice: without `confirm`, says what it would change; a first operator's confirmation proposes it, a
 * second operator's, of the same words, records it.
 */
export const importNotice = ({ calendars, clock }: Pick<Directory, 'calendars' | 'clock'>) =>
  unary<ImportNoticeRequest, ImportNoticeResponse>(async (message, context) => {
    const instrument = instrumentOf(message.instrument)
    const now = clock.now()
    if (!message.confirm) {
      const { state } = await calendars.read(THE_CALENDAR)
      const { instruments } = revisionAt(state)
      const preview = inWireFields(() => previewImport(instruments, instrument, dateOf(dayOf(now))))
      const proposal = proposalMessage(proposalOf(state, instrument))
      return { ...previewMessage(preview), revision: undefined, proposal }
    }
    const request = requestKey(context, message.requestId, { instrument })
    const author = callerLine(context.caller)
    const { state } = await calendars.change(THE_CALENDAR, { request, now }, (calendar) =>
      inWireFields(() => decide(calendar, { type: 'ImportNotice', instrument, author, now })),
    )
    const newest = revisionAt(state)
    const proposal = proposalOf(state, instrument)
    if (proposal !== undefined) {
      const preview = previewImport(
        newest.instruments,
        instrument,
        dateOf(dayOf(proposal.proposedAt)),
      )
      return {
        ...previewMessage(preview),
        revision: undefined,
        proposal: proposalMessage(proposal),
      }
    }
    const before = newest.instruments.slice(0, -1) // what it was imported into, now or the first time
    const preview = previewImport(before, instrument, dateOf(dayOf(newest.recordedAt)))
    return { ...previewMessage(preview), revision: revisionMessage(newest), proposal: undefined }
  })

const proposalMessage = (proposal: NoticeProposal | undefined) =>
  proposal && {
    proposedBy: proposal.proposedBy,
    proposedAt: timestampOf(proposal.proposedAt),
    digest: instrumentDigest(proposal.instrument),
  }

const previewMessage = ({ changedDays, warnings }: ImportPreview) => ({
  changedDays: [...changedDays],
  warnings: warnings.map(({ code, zh, en }) => `${code}: ${zh} / ${en}`),
})
