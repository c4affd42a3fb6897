// What must be true of every release and of every decision, whoever did what in whatever order.
import { ofConsultations } from './invariants-consultation.fixture.js'
import { ofDisagreement } from './invariants-disagreement.fixture.js'
import { ofTheGates } from './invariants-gates.fixture.js'
import { ofPaper } from './invariants-paper.fixture.js'
import { ofReplies } from './invariants-reply.fixture.js'
import type { Invariants } from './search.fixture.js'

const topics = [ofConsultations, ofReplies, ofDisagreement, ofTheGates, ofPaper]

export const invariants: Invariants = {
  states: Object.assign({}, ...topics.map(({ states }) => states)) as Invariants['states'],
  steps: Object.assign({}, ...topics.map(({ steps }) => steps)) as Invariants['steps'],
}
