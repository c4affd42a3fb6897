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
import { consultationText } from './consultation-text.js'
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
