// From the services' messages to what the story tells.
import { DayKind, type Deadline } from '../../../gen/huiqian/common/v1/common.js'
import {
  ConsultationState,
  GateKind,
  OpinionKind,
  type Consultation,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { ExplainDeadlineResponse } from '../../../gen/huiqian/coordination/v1/consultation.js'
import type { ExplainClearanceResponse } from '../../../gen/huiqian/coordination/v1/release.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { Beijing, Day, GateTold, SceneOf } from './scene.js'

/** An instant as the story writes it. */
export const beijing = (at: Instant): Beijing => `${beijingTime(at).replace(' ', 'T')}+08:00`

export const beijingOf = (stamp: Timestamp | undefined): Beijing | undefined =>
  stamp === undefined ? undefined : beijing(instantOf(stamp))

/** A deadline as it is explained, day by day. */
export function periodOf({
  deadline,
  article,
}: Pick<ExplainDeadlineResponse, 'deadline' | 'article'>): SceneOf<'received'>['period'] {
  if (deadline?.at === undefined) throw new Error('no clock runs')
  return {
    ...{ lastDay: deadline.lastDay, deadline: beijing(instantOf(deadline.at)) },
    ...{ provisional: deadline.provisional, days: daysOf(deadline) },
    ...{ article: article?.id ?? '', citation: article?.citation ?? '' },
  }
}

const KINDS: Readonly<Partial<Record<DayKind, Day['kind']>>> = {
  [DayKind.WEEKDAY]: 'weekday',
  [DayKind.WEEKEND]: 'weekend',
  [DayKind.HOLIDAY]: 'holiday',
  [DayKind.MAKE_UP]: 'make-up',
}

export const daysOf = ({ days }: Deadline): Day[] =>
  days.map(({ date, ordinal, kind, name, instrument, receipt }) => ({
    ...{ date, ordinal, kind: KINDS[kind] ?? 'weekday', name, instrument, receipt },
  }))

export const gatesOf = ({ gates }: ExplainClearanceResponse): GateTold[] =>
  gates.map(({ kind, open, article, basisZh, basisEn, obstacles }) => ({
    gate: word(GateKind[kind]),
    open,
    article: article?.id ?? '',
    citation: article?.citation ?? '',
    basis: { zh: basisZh, en: basisEn },
    obstacles: obstacles.map(({ reason, agency, textZh, textEn, opensAt }) => ({
      ...{ reason, agency, zh: textZh, en: textEn, opensAt: beijingOf(opensAt) },
    })),
  }))

/** How a consultation stands: an opinion's kind, `deemed`, `awaits` while its clock runs, or its state. */
export function howOf(
  { deemedAt, opinion, state, deadline }: Consultation,
  states: object,
  now: Instant,
): string {
  if (deemedAt !== undefined) return 'deemed'
  if (opinion?.opinion !== undefined) return word(OpinionKind[opinion.opinion.kind])
  if (state === ConsultationState.RUNNING && deadline?.at && instantOf(deadline.at) > now)
    return 'awaits'
  return word(String(states[state as keyof typeof states]))
}

/** `CONSENT_WITH_CHANGES` → `consent-with-changes`. */
export const word = (name: string | undefined): string =>
  (name ?? '').toLowerCase().replaceAll('_', '-')

/** The paragraph of a letter that speaks of what silence does; its words are the pack's. */
export function onSilence(body: string): string {
  return body.split('\n\n').find((paragraph) => /不答复的(法律)?后果/.test(paragraph)) ?? ''
}
