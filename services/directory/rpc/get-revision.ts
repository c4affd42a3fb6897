import type {
  GetRevisionRequest,
  GetRevisionResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { THE_CALENDAR } from '../announces.js'
import { revisionAt, revisionNumbered } from '../calendar/calendar.js'
import type { Directory } from '../directory.js'
import { instrumentMessage, revisionMessage } from './calendar-message.js'

/** One revision with all of its instruments; 0 asks for the newest. */
export const getRevision = ({ calendars }: Pick<Directory, 'calendars'>) =>
  unary<GetRevisionRequest, GetRevisionResponse>(async ({ number }) => {
    const { state } = await calendars.read(THE_CALENDAR)
    const revision = number === 0 ? revisionAt(state) : revisionNumbered(state, number)
    return {
      revision: revisionMessage(revision),
      instruments: revision.instruments.map(instrumentMessage),
    }
  })
