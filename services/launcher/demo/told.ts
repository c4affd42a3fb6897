// From the services' messages to what the story tells.
import { DayKind, type Deadline } from '../../../gen/huiqian/common/v1/common.js'
import {
  GateKind,
  OpinionKind,
  type Consultation,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { ExplainClearanceResponse } from '../../../gen/huiqian/coordination/v1/release.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { Beijing, Day, GateTold } from './scene.js'

/** An instant as the story writes it. */
export const beijing = (at: Instant): Beijing => `${beijingTime(at).replace(' ', 'T')}+08:00`

export const beijingOf = (stamp: Timestamp | undefined): Beijing | undefined =>
  stamp === undefined ? undefined : beijing(instantOf(stamp))

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

/** How a consultation was settled: an opinion's kind, `deemed`, or its state. */
export const howOf = ({ deemedAt, opinion, state }: Consultation, states: object): string =>
  deemedAt === undefined
    ? word(
        opinion?.opinion === undefined
          ? String(states[state as keyof typeof states])
          : OpinionKind[opinion.opinion.kind],
      )
    : 'deemed'

/** `CONSENT_WITH_CHANGES` → `consent-with-changes`. */
export const word = (name: string | undefined): string =>
  (name ?? '').toLowerCase().replaceAll('_', '-')

/** The paragraph of a letter that speaks of what silence does; its words are the pack's. */
export function onSilence(body: string): string {
  return body.split('\n\n').find((paragraph) => /不答复的(法律)?后果/.test(paragraph)) ?? ''
}
