// Every command of options, in the order in which the help shows them. All but the first ask a running
// service.
import { deadline } from './calendar/deadline.js'
import type { Command } from './command.js'
import { AGENCY_COMMANDS } from './commands/agency.js'
import { CALENDAR_COMMANDS } from './commands/calendar.js'
import { CLOCK_COMMANDS } from './commands/clock.js'
import { CONSULTATION_COMMANDS } from './commands/consultation.js'
import { DRAFT_COMMANDS } from './commands/draft.js'
import { MAILBOX_COMMANDS } from './commands/mailbox.js'
import { OPINION_COMMANDS } from './commands/opinion.js'
import { PACK_COMMANDS } from './commands/pack.js'
import { RELEASE_COMMANDS } from './commands/release.js'
import { RELEASE_ACT_COMMANDS } from './commands/release-acts.js'

export const COMMANDS: readonly Command[] = [
  deadline,
  ...CALENDAR_COMMANDS,
  ...AGENCY_COMMANDS,
  ...DRAFT_COMMANDS,
  ...RELEASE_COMMANDS,
  ...RELEASE_ACT_COMMANDS,
  ...MAILBOX_COMMANDS,
  ...OPINION_COMMANDS,
  ...CONSULTATION_COMMANDS,
  ...PACK_COMMANDS,
  ...CLOCK_COMMANDS,
]
