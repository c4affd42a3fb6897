// The full disagreement path: submitted, three letters, two consents and an objection, a round of negotiation on
// record, the dispute filed, accepted, co-reviewed by every body of the level, ruled on, cleared.
import { RoundKind, Addressee } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { ReleaseServiceClient } from '../../../gen/huiqian/coordination/v1/release.js'
import {
  Advice,
  DisputeServiceClient,
  Ruling,
  RulingDisposition,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { connect, type Calls } from '../../../shared/rpc/client.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { AFFECTED, eventsOf, NOW, type BenchHouse } from './house.js'
import { load, until, type Figures } from './measure.js'
import { openBenchOffice } from './office.js'

type DisputeCalls = Calls<typeof DisputeServiceClient.service>

/** So many of them, with so many under way; every one is counted back from both records. */
export async function disagreements(
  main: BenchHouse,
  total: number,
  inFlight: number,
): Promise<Figures & { readonly callsEach: number }> {
  const office = await openBenchOffice(main.address, main.releasing, main.affected)
  const releases = connect(ReleaseServiceClient, main.address, main.releasing.certificates)
  const desks = new Map<string, Promise<DisputeCalls>>()
  const deskOf = (code: string): Promise<DisputeCalls> => {
    const open = async (): Promise<DisputeCalls> =>
      connect(DisputeServiceClient, main.address, (await main.member(code)).certificates)
    const desk = desks.get(code) ?? open()
    desks.set(code, desk)
    return desk
  }
  const run = `${process.pid}-${Math.round(performance.now())}`
  let calls = 0
  const requestId = (): string => `dispute-${run}-${calls++}`
  const coordinators = new Map<string, Awaiting>()

  const play = async (): Promise<void> => {
    const { releaseId, draftDigest, consultations } = await office.submit()
    await Promise.all(
      consultations.map(async ({ agency, id }, index) => {
        await office.letterOf(id)
        await office.reply(agency, id, draftDigest, index === 0 ? 'objection' : 'consent')
      }),
    )
    await releases.recordNegotiation({
      ...{ requestId: requestId(), releaseId, kind: RoundKind.MEETING, summary: '' },
      heldAt: timestampOf(NOW),
      positions: [main.releasing.code, consultations[0]?.agency ?? ''].map((agency) => ({
        ...{ agency, position: '意见不变。' },
      })),
    })
    const filed = await releases.fileDispute({
      ...{ requestId: requestId(), releaseId, to: Addressee.UNSPECIFIED },
      ...{ summary: '协商未达成一致意见。', mainDispute: '是否公布位置。', legalBasis: '' },
      ...{ documentNumber: '', signatory: '' },
    })
    const { coordinator = '', disputeId = '' } = filed.dispute ?? {}
    const desk = await deskOf(coordinator)
    const awaiting = coordinators.get(coordinator) ?? awaitingOn(desk)
    coordinators.set(coordinator, awaiting)
    await awaiting.disputeOf(disputeId)
    await desk.acceptDispute({ requestId: requestId(), disputeId })
    const asked = await desk.requestCoReview({
      ...{ requestId: requestId(), disputeId, levelBodies: true, others: [] },
    })
    for (const { coReviewId, body } of asked.dispute?.coReviews ?? []) {
      if (body === '') continue // the level lacks it
      await (
        await deskOf(body)
      ).giveCoReview({
        ...{ requestId: requestId(), coReviewId, advice: Advice.RELEASE, signatory: '' },
        view: '建议公开。',
      })
    }
    const ruling = Ruling.fromPartial({
      disposition: RulingDisposition.RELEASE,
      grounds: '公众安全优先。',
    })
    await desk.issueRuling({
      signed: undefined,
      requestId: requestId(),
      disputeId,
      ruling,
      draftDigest,
    })
  }

  const [cleared, ruled] = [
    await eventsOf(main, 'ReleaseCleared'),
    await eventsOf(main, 'RulingIssued', 'escalation'),
  ]
  const from = performance.now()
  const figures = await load(total, inFlight, play)
  await until(
    async () =>
      (await eventsOf(main, 'ReleaseCleared')) - cleared === total &&
      (await eventsOf(main, 'RulingIssued', 'escalation')) - ruled === total,
    60_000,
    'all disagreements ruled on and cleared',
  )
  const seconds = (performance.now() - from) / 1_000
  for (const { end } of coordinators.values()) end()
  for (const desk of desks.values()) (await desk).close()
  releases.close()
  await office.close()
  return { ...figures, perSecond: total / seconds, callsEach: calls / total + 1 + AFFECTED }
}

type Awaiting = { disputeOf(disputeId: string): Promise<void>; end(): void }

/** A coordinator's stream of disputes: tells whoever waits for one. */
function awaitingOn(desk: DisputeCalls): Awaiting {
  const there = new Set<string>()
  const waiting = new Map<string, () => void>()
  const ending = new AbortController()
  const reading = async (): Promise<void> => {
    for await (const { dispute } of desk.watchDisputes(
      { afterCursor: '' },
      { signal: ending.signal },
    )) {
      const id = dispute?.disputeId ?? ''
      there.add(id)
      waiting.get(id)?.()
    }
  }
  reading().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error
  })
  return {
    disputeOf: (id) =>
      there.has(id) ? Promise.resolve() : new Promise((resolve) => waiting.set(id, resolve)),
    end: () => ending.abort(),
  }
}
