// Operations on clocks that move: the register of outages, what a notice would move, and what it moved.
import type {
  ListOutagesRequest,
  ListOutagesResponse,
  ListRecomputationsRequest,
  ListRecomputationsResponse,
  MovedDeadline,
  Outage,
  PreviewRecomputationRequest,
  PreviewRecomputationResponse,
  RecordOutageRequest,
  RecordOutageResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { pageSize, unusable } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampField, timestampOf } from '../../../shared/rpc/timestamps.js'
import { citationOf, type Instrument } from '../../../shared/working-days/working-days.js'
import { proposedByAnother, proposing, type HouseClockEvent } from '../clock/house-clock.js'
import type { Coordination } from '../coordination.js'
import { seal, unseal, type WordsForm } from '../draft/canonical-forms.js'
import { touchesFrom } from '../recomputation/touched.js'
import { recomputeDeadline } from '../release/correct.js'
import { standing } from '../standing/standing.js'
import type { Touched } from '../store/recomputations.js'
import { reckoningBy, type Reckoning } from '../store/revisions.js'
import { instrumentField } from './instrument-of.js'
import { requestKey, wordsField } from './requests.js'

const CLOCK = 'house'
const RECOMPUTATIONS_MAX = 1_000
const OUTAGE_DAYS_MAX = 31 // a longer one is a slip of the pen, or is recorded in parts
const DAY_MS = 86_400_000
const LOOKED_AT_MAX = 5_000 // a call answers within its time; the next page goes on

type Recorded = Extract<HouseClockEvent, { type: 'DowntimeRecorded' }>

export const listOutages = (room: Coordination) =>
  unary<ListOutagesRequest, ListOutagesResponse>(async (request) => {
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const [before = Infinity] = room.pageTokens.decode('ListOutages', request.pageToken) ?? []
    const recorded = await room.houseClock.events(CLOCK)
    const outages = recorded.filter(
      ({ version, event }) => event.type === 'DowntimeRecorded' && version < Number(before),
    )
    const page = outages.toReversed().slice(0, limit)
    const last = outages.length > limit ? page.at(-1) : undefined
    return {
      outages: await Promise.all(page.map(({ event }) => outageMessage(room, event as Recorded))),
      nextPageToken:
        last === undefined ? '' : room.pageTokens.encode('ListOutages', [last.version]),
    }
  })

async function outageMessage(
  { content }: Pick<Coordination, 'content'>,
  { from, to, cause, by, noteDigest, proposal }: Recorded,
): Promise<Outage> {
  const found = noteDigest === undefined ? undefined : await content.get(CLOCK, noteDigest)
  return {
    from: timestampOf(from),
    to: timestampOf(to),
    cause: cause ?? 'process-down',
    recordedBy: by ?? '',
    proposedBy: proposal?.by ?? '',
    note: found === undefined ? '' : (unseal<WordsForm>(found.bytes).words[0] ?? ''),
  }
}

export const recordOutage = (room: Coordination) =>
  unary<RecordOutageRequest, RecordOutageResponse>(async (request, { caller }) => {
    const now = room.clock.now()
    const from = timestampField(request.from, 'from')
    const to = timestampField(request.to, 'to')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    if (to > now)
      throw unusable('to', new Date(to).toISOString(), 'house/outages', {
        zh: '不能在将来；登记的是已结束的中断。',
        en: 'It lies in the future; an outage is recorded once it has ended.',
      })
    if (from >= to)
      throw new Refusal('malformed', 'PERIOD_REVERSED', 'house/outages', { field: 'to' })
    if (to - from > OUTAGE_DAYS_MAX * DAY_MS)
      throw unusable('from', new Date(from).toISOString(), 'house/outages', {
        zh: `一次至多登记 ${OUTAGE_DAYS_MAX} 日；更长的请分次登记。`,
        en: `At most ${OUTAGE_DAYS_MAX} days at a time; record a longer one in parts.`,
      })
    const sealed = seal({
      ...{ form: 'huiqian-words-1', about: 'outage' },
      words: [wordsField(request.note, 'note', true)],
    })
    const by = callerLine(caller)
    const event: Recorded = {
      ...{ type: 'DowntimeRecorded', from, to, cause: 'recorded' },
      ...{ by, noteDigest: sealed.digest },
    }
    // Deadlines roll by it, and what silence became is undone: the words of two operators.
    const digest = seal({
      ...{ form: 'huiqian-words-1', about: 'outage' },
      words: [String(from), String(to), sealed.digest],
    }).digest
    const proposal = { act: 'record-outage', digest, by } as const
    const { state } = await room.houseClock.change(CLOCK, { now, request: key }, (clock) => {
      const first = proposedByAnother(clock, proposal)
      return {
        events:
          first === undefined ? proposing(clock, proposal, now) : [{ ...event, proposal: first }],
        statements: [room.content.put({ release: CLOCK, part: 'outage', ...sealed })],
      }
    })
    await room.clockKeeper.refresh()
    const awaitsSecond = state.proposals.some((one) => one.digest === digest)
    const outage = await outageMessage(room, event)
    return { outage: { ...outage, note: wordsField(request.note, 'note', true) }, awaitsSecond }
  })

export const previewRecomputation = (room: Coordination) =>
  unary<PreviewRecomputationRequest, PreviewRecomputationResponse>(async (request) => {
    const instrument = instrumentField(request.instrument)
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `PreviewRecomputation/${JSON.stringify(instrument)}`
    let position = room.pageTokens.decode(scope, request.pageToken)
    const deadlines = withInstrument(room, instrument)
    const from = touchesFrom([instrument])
    const moved: MovedDeadline[] = []
    for (let looked = 0; looked < LOOKED_AT_MAX;) {
      const rows = await room.recomputationsOf.touchedByDeadline({ from, position, limit: 500 })
      for (const row of rows) {
        if (moved.length === limit)
          return { moved, nextPageToken: room.pageTokens.encode(scope, position ?? []) }
        moved.push(...(await wouldMove(room, deadlines, instrument, row)))
        position = [row.deadlineAt, row.consultationId]
      }
      looked += rows.length
      if (rows.length === 0) return { moved, nextPageToken: '' }
    }
    return { moved, nextPageToken: room.pageTokens.encode(scope, position ?? []) }
  })

/** Deadlines by the newest revision with the notice in it; after its import that is the newest itself. */
function withInstrument(
  { revisions, clock }: Pick<Coordination, 'revisions' | 'clock'>,
  instrument: Instrument,
): Reckoning {
  const newest = revisions.newest()
  if (newest === undefined)
    throw new Refusal('in-doubt', 'IN_DOUBT', 'house/calendar', {
      why_zh: '尚未获得工作日历',
      why_en: 'no calendar was heard of yet',
    })
  const { number, instruments } = newest.source
  const known = instruments.some(
    (one) => one.region === instrument.region && citationOf(one) === citationOf(instrument),
  )
  if (known) return newest
  return reckoningBy({
    ...newest.source,
    ...{ number: number + 1, recordedAt: clock.now(), instruments: [...instruments, instrument] },
  })
}

async function wouldMove(
  room: Coordination,
  deadlines: Reckoning,
  instrument: Instrument,
  { releaseId, consultationId }: Touched,
): Promise<MovedDeadline[]> {
  const { state: release } = await room.releases.read(releaseId)
  const consultation = release.consultations[consultationId]
  if (consultation === undefined) return []
  const now = room.clock.now()
  const stands = standing(room.agencies.get, consultation.agency, now)
  const events = recomputeDeadline(release, room.packs.byName(release.pack), {
    ...{ consultationId, now, deadlines, settling: room.settlingMs },
    region: room.agencies.get(stands)?.region ?? 'CN',
    notice: citationOf(instrument),
  })
  const { deadline: told } = consultation
  const reversesDeeming = events.some(({ type }) => type === 'DeemedConsentReversed')
  return events.flatMap((event) =>
    event.type === 'DeadlineMoved' || event.type === 'DeemingCorrected'
      ? [
          {
            ...{ consultationId, releaseId, agency: consultation.agency, reversesDeeming },
            from: told && timestampOf(told.at),
            to: timestampOf(event.deadline.at),
            lastDay: event.deadline.lastDay,
          },
        ]
      : [],
  )
}

export const listRecomputations = ({ recomputationsOf }: Pick<Coordination, 'recomputationsOf'>) =>
  unary<ListRecomputationsRequest, ListRecomputationsResponse>(async () => {
    const jobs = await recomputationsOf.newest(RECOMPUTATIONS_MAX)
    return {
      recomputations: jobs.map(
        ({ revision, notices, startedAt, finishedAt, moved, reversed, corrected }) => ({
          ...{ revision, moved, reversed, corrected, instrument: notices.join('、') },
          startedAt: timestampOf(startedAt),
          finishedAt: finishedAt === undefined ? undefined : timestampOf(finishedAt),
        }),
      ),
    }
  })
