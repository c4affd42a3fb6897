// Every command of options, in the order in which the help shows them. All but the first ask a running
// service.
import { deadline } from './calendar/deadline.js'
import type { Command } from './command.js'
import { ACT_COMMANDS } from './commands/act.js'
import { AGENCY_COMMANDS } from './commands/agency.js'
import { CALENDAR_COMMANDS } from './commands/calendar.js'
import { CLOCK_COMMANDS } from './commands/clock.js'
import { COMPARE_COMMANDS } from './commands/compare.js'
import { CONSULTATION_COMMANDS } from './commands/consultation.js'
import { CREDENTIAL_COMMANDS } from './commands/credential.js'
import { DISPUTE_COMMANDS } from './commands/dispute.js'
import { DOCUMENT_COMMANDS } from './commands/document.js'
import { DRAFT_COMMANDS } from './commands/draft.js'
import { GATE_COMMANDS } from './commands/gates.js'
import { KEY_COMMANDS } from './commands/keys.js'
import { MAILBOX_COMMANDS } from './commands/mailbox.js'
import { MOVED_DEADLINE_COMMANDS } from './commands/moved-deadlines.js'
import { NEGOTIATION_COMMANDS } from './commands/negotiation.js'
import { NOTIFY_COMMANDS } from './commands/notify.js'
import { OPINION_COMMANDS } from './commands/opinion.js'
import { ORGANISING_COMMANDS } from './commands/organising.js'
import { PACK_COMMANDS } from './commands/pack.js'
import { PAPER_COMMANDS } from './commands/paper.js'
import { RELEASE_COMMANDS } from './commands/release.js'
import { RELEASE_ACT_COMMANDS } from './commands/release-acts.js'
import { RULING_COMMANDS } from './commands/ruling.js'

export const COMMANDS: readonly Command[] = [
  deadline,
  ...CALENDAR_COMMANDS,
  ...AGENCY_COMMANDS,
  ...DRAFT_COMMANDS,
  ...RELEASE_COMMANDS,
  ...RELEASE_ACT_COMMANDS,
  ...COMPARE_COMMANDS,
  ...MAILBOX_COMMANDS,
  ...DOCUMENT_COMMANDS,
  ...NOTIFY_COMMANDS,
  ...OPINION_COMMANDS,
  ...CONSULTATION_COMMANDS,
  ...GATE_COMMANDS,
  ...PAPER_COMMANDS,
  ...NEGOTIATION_COMMANDS,
  ...DISPUTE_COMMANDS,
  ...RULING_COMMANDS,
  ...ORGANISING_COMMANDS,
  ...PACK_COMMANDS,
  ...CLOCK_COMMANDS,
  ...MOVED_DEADLINE_COMMANDS,
  ...ACT_COMMANDS,
  ...CREDENTIAL_COMMANDS,
  ...KEY_COMMANDS,
]
