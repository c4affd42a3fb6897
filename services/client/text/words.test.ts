// A value of the contract that has no word would be printed as a number.
import { expect, test } from 'vitest'
import * as coordination from '../../../gen/huiqian/coordination/v1/coordination.js'
import * as gates from '../../../gen/huiqian/coordination/v1/gates.js'
import * as negotiation from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { MatterKind } from '../../../gen/huiqian/coordination/v1/organising.js'
import { PaperServiceState } from '../../../gen/huiqian/coordination/v1/paper.js'
import { LetterKind, NotificationState } from '../../../gen/huiqian/delivery/v1/delivery.js'
import * as escalation from '../../../gen/huiqian/escalation/v1/escalation.js'
import * as disagreement from './disagreement-words.js'
import * as gate from './gate-words.js'
import * as words from './words.js'

test.each([
  ['ReleaseState', coordination.ReleaseState, words.RELEASE_STATES],
  ['ConsultationState', coordination.ConsultationState, words.CONSULTATION_STATES],
  ['OpinionKind', coordination.OpinionKind, words.OPINIONS],
  ['LetterKind', LetterKind, words.LETTERS],
  ['Urgency', coordination.Urgency, gate.URGENCIES],
  ['ConfirmationState', gates.ConfirmationState, gate.CONFIRMATION_STATES],
  ['DeclarationState', gates.DeclarationState, gate.DECLARATION_STATES],
  ['PaperServiceState', PaperServiceState, gate.PAPER_SERVICE_STATES],
  ['MatterKind', MatterKind, gate.MATTERS],
  ['NotificationState', NotificationState, gate.NOTIFICATION_STATES],
  ['Addressee', negotiation.Addressee, disagreement.ADDRESSEES],
  ['RoundKind', negotiation.RoundKind, disagreement.ROUND_KINDS],
  ['DisputeStanding', negotiation.DisputeStanding, disagreement.DISPUTE_STANDINGS],
  ['Disposition', negotiation.Disposition, disagreement.DISPOSITIONS],
  ['DisputeState', escalation.DisputeState, disagreement.DISPUTE_STATES],
  ['CandidateKind', escalation.CandidateKind, disagreement.CANDIDATES],
  ['RulingDisposition', escalation.RulingDisposition, disagreement.RULINGS],
  ['Advice', escalation.Advice, disagreement.ADVICES],
  ['Part', escalation.Part, disagreement.PARTS],
])('every value of %s has a word in both languages', (_, values, table) => {
  const said = Object.values(values).filter(
    (value): value is number => typeof value === 'number' && value > 0,
  )
  for (const value of said) {
    expect(table[value]?.[0]).toMatch(/\p{Script=Han}/u)
    expect(table[value]?.[1]).toMatch(/^[\x20-\x7e]+$/)
  }
})
