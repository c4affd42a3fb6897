// English output holds no Chinese words and no Chinese punctuation of ours; names and numbers of letters stay.
import { expect, test } from 'vitest'
import {
  Consultation,
  ConsultationState,
  Gate,
  GateKind,
  OpinionKind,
  Release,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  Disposition,
  Negotiation,
  RoundKind,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { Dispute } from '../../../gen/huiqian/escalation/v1/escalation.js'
import { consultationText } from './consultation-text.js'
import { disputeText } from './dispute-text.js'
import { negotiationText } from './negotiation-text.js'
import { gateText, releaseText } from './release-text.js'

const names = (code: string): string => code
const chinese = /[\p{Script=Han}，。；：（）、]/u

const consultation = Consultation.fromPartial({
  ...{ consultationId: 'c', releaseId: 'r', version: 2, state: ConsultationState.ANSWERED },
  opinion: { opinion: { kind: OpinionKind.OBJECTION, reasons: 'x' }, afterDeadline: true },
})

test('a consultation', () => {
  expect(consultationText(consultation, names, 'en').join('\n')).not.toMatch(chinese)
  expect(consultationText(consultation, names, 'zh').join('\n')).toContain('r，第 2 稿')
})

test('a release', () => {
  const release = Release.fromPartial({
    ...{ releaseId: 'r', version: 2, consultations: [consultation] },
    secrecyReview: { reviewer: 'x', reviewedOn: '2026-09-28' },
  })
  expect(releaseText(release, names, 'en').join('\n')).not.toMatch(chinese)
})

test('a gate that rests on a convention of the house', () => {
  const gate = Gate.fromPartial({
    ...{ kind: GateKind.APPROVAL, open: true, basisEn: 'none declared' },
    article: { id: 'house', citation: '本系统约定（规则未作规定）', text: '' },
  })
  expect(gateText(gate, names, 'en').join('\n')).not.toMatch(chinese)
  expect(gateText(gate, names, 'zh').join('\n')).toContain('本系统约定')
})

test('a release with all that stands beside its consultations', () => {
  const stamp = { seconds: 1_790_000_000, nanos: 0 }
  const release = Release.fromPartial({
    ...{ releaseId: 'r', version: 2, urgency: 1, categories: ['statistics'] },
    secrecyReview: { reviewer: 'x', reviewedOn: '2026-09-28' },
    confirmations: [{ agency: 'a', state: 3, reasons: 'x', remindedAt: [stamp] }],
    approvalsNeeded: [{ organ: 'o', basis: 'b' }],
    approvals: [{ organ: 'o', documentNumber: 'n' }],
    declarations: [{ agency: 'a', namedBy: 'b', state: 3, reason: 'x', answer: 'y' }],
    publicationClock: {
      ...{ within: 20, countedFrom: '2026-09-28', lastDay: '2026-10-30', excludedDays: 3 },
      ...{ cannotFit: true, overdue: true, provisional: true },
    },
    versions: [{ version: 1 }, { version: 2, byRulingOf: 'd' }],
  })
  const lines = releaseText(release, names, 'en').join('\n')
  expect(lines).not.toMatch(chinese)
  for (const words of ['Not accurate: x', 'Named by: b', 'by the ruling of d', '20 working days'])
    expect(lines).toContain(words)
  expect(releaseText(release, names, 'zh').join('\n')).toContain('征求意见不能在此期限前结束')
})

test('a negotiation', () => {
  const stamp = { seconds: 1_790_000_000, nanos: 0 }
  const negotiation = Negotiation.fromPartial({
    ...{ open: true, openedAt: stamp, ageing: true, failedAt: stamp, failureSummary: 'x' },
    rounds: [
      {
        ordinal: 1,
        kind: RoundKind.MEETING,
        summary: 'x',
        positions: [{ agency: 'a', position: 'p' }],
      },
    ],
    standingInstruction: { to: 1, afterWorkingDays: 10, byDefault: true },
    escalationRequests: [{ agency: 'a', reason: 'x' }],
    disputes: [
      {
        ...{ disputeId: 'd', version: 1, to: 2, standing: 4, onStandingInstruction: true },
        ...{ reasonEn: 'because', reasonZh: '因为', ruledAt: stamp, ruledDigest: 'f' },
        disposition: Disposition.RELEASE_WITH_CHANGES,
      },
    ],
  })
  const lines = negotiationText(negotiation, names, 'en').join('\n')
  expect(lines).not.toMatch(chinese)
  for (const words of ['(the default)', 'because', 'release with changes', 'a: p'])
    expect(lines).toContain(words)
  const zh = negotiationText(negotiation, names, 'zh').join('\n')
  for (const words of ['因为', '修改后发布', '协商满 10 个工作日未达成一致时（默认）'])
    expect(zh).toContain(words)
})

test('a dispute', () => {
  const stamp = { seconds: 1_790_000_000, nanos: 0 }
  const dispute = Dispute.fromPartial({
    ...{ disputeId: 'd', version: 1, state: 4, part: 1, to: 2, onStandingInstruction: true },
    ...{ title: 't', text: 'x', summary: 's', mainDispute: 'm', legalBasis: 'l', ageDays: 3 },
    candidates: [{ kind: 1, reasonEn: 'a party is never its coordinator', reasonZh: '当事一方' }],
    parties: [{ agency: 'a', opinion: 'objection', reasons: 'x', proposedWording: 'y' }],
    rounds: [{ kind: 'meeting', summary: 'x', positions: [{ agency: 'a', position: 'p' }] }],
    coReviews: [
      { role: 'legal', body: 'a', missing: false, givenAt: stamp, advice: 1, view: 'v' },
      { role: 'secrecy', missing: true },
      { role: 'supervision', body: 'b', party: true, remindedAt: [stamp] },
    ],
    ruling: { disposition: 2, grounds: 'g', dissents: [{ agency: 'a', words: 'w' }], title: 'T' },
    formerCoordinators: [{ agency: 'b', how: 'redirected', reason: 'x' }],
    ending: 'draft-revised',
  })
  const lines = disputeText(dispute, names, 'en').join('\n')
  expect(lines).not.toMatch(chinese)
  for (const words of ['the level has no such body', 'Position of a party', 'Dissent: a  w'])
    expect(lines).toContain(words)
  expect(disputeText(dispute, names, 'zh').join('\n')).toContain('本级没有该部门')
})
