// What escalation hears of the directory (shared/copies/hear-directory.ts), in the directory's contract.
import { Announcement } from '../../../gen/huiqian/directory/v1/announcements.js'
import { DayOperation } from '../../../gen/huiqian/directory/v1/calendar.js'
import type { Agency } from '../../../gen/huiqian/directory/v1/directory.js'
import type { DirectoryContract } from '../../../shared/copies/hear-directory.js'
import type { KnownAgency } from '../dispute/level-bodies.js'
import { knownAgency } from '../store/agencies.js'
import type { Asking } from './peers.js'

export const directoryContract = ({
  directory,
  calendar,
}: Pick<Asking, 'directory' | 'calendar'>): DirectoryContract<Agency, KnownAgency> => ({
  ...{ directory, calendar, decode: Announcement.decode, agencyOf: knownAgency },
  operations: {
    [DayOperation.OFF]: 'off',
    [DayOperation.WORK]: 'work',
    [DayOperation.UNSET]: 'unset',
  },
})
