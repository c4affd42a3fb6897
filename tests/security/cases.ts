// Cases of the matrix: one in each state, made by the agencies' own calls, with everything in it that a call can name.
import { createHash } from 'node:crypto'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import type { Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { RulingDisposition } from '../../gen/huiqian/escalation/v1/escalation.js'
import { disputeDesk } from '../office/dispute-desk.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import type { Office } from '../office/office.js'

export const STATES = [
  ...['submitted', 'consulting', 'negotiation', 'in_dispute', 'in_dispute, accepted', 'ruled'],
  ...['cleared', 'held', 'published', 'withdrawn'],
] as const
export type State = (typeof STATES)[number]

/** Nobody's: well formed, and on no record. */
export const NOBODY = '01999999-9999-7999-8999-999999999999'

export type Case = {
  readonly state: State
  readonly releaseId: string
  readonly draftDigest: string
  readonly consultationId: string
  readonly confirmationId: string
  readonly disputeId: string
  readonly coReviewId: string
  readonly declarationId: string
  readonly letterId: string
}

/** The same names of things that are not there. */
export const nothing = (one: Case): Case => ({
  ...one,
  ...{ releaseId: NOBODY, consultationId: NOBODY, confirmationId: NOBODY, disputeId: NOBODY },
  ...{ coReviewId: NOBODY, declarationId: NOBODY, letterId: NOBODY },
})

export const FILE = Buffer.from('水位监测点位置图')
export const FILE_DIGEST = createHash('sha256').update(FILE).digest('hex')

const [WATER, HEALTH, POLICE, ECOLOGY] = ['市水利局', '市卫生健康局', '市公安局', '市生态环境局']
const [OFFICE, SECRECY, FINANCE] = ['市府办', '市保密局', '市财政局']

let cases = 0

/** A case in that state; `file` was uploaded by the releasing agency. */
export async function makeCase(office: Office, state: State, file = FILE_DIGEST): Promise<Case> {
  const [water, health] = [office.as(WATER), office.as(HEALTH)]
  const closing: (() => void)[] = []
  const deskOf = (name: string) => disputeDesk(office, name, (close) => void closing.push(close))
  const submitted = await water.submitsRelease(`矩阵 ${++cases}`, {
    affects: [HEALTH, POLICE],
    coProducers: [office.codeOf(ECOLOGY)],
    attachments: [file],
    ...(state === 'submitted' ? { secrecyReview: undefined } : {}),
  })
  await office.settles()
  const { releaseId, draftDigest } = submitted
  const now = (): Promise<Release> => water.sees(submitted)
  const { consultations, confirmations } = await now()
  const of = (name: string) =>
    consultations.find(({ agency }) => agency === office.codeOf(name))?.consultationId ?? NOBODY
  const confirmationId = confirmations[0]?.confirmationId ?? NOBODY
  const found = { disputeId: NOBODY, coReviewId: NOBODY, declarationId: NOBODY }

  const disputed = ['negotiation', 'in_dispute', 'in_dispute, accepted', 'ruled'].includes(state)
  const clear = ['cleared', 'held', 'published'].includes(state)
  if (disputed || clear) {
    const [kind, reasons] = disputed
      ? (['objection', '位置不宜公开。'] as const)
      : (['consent', ''] as const)
    await health.givesOpinion(submitted, kind, { reasons })
    await office.as(POLICE).givesOpinion(submitted, 'consent')
    await (
      await office.as(ECOLOGY).consultations()
    ).confirmJointRelease({
      signed: undefined,
      ...{ requestId: `matrix-confirm-${cases}`, confirmationId, draftDigest },
      ...{ accurate: true, reasons: '', signatory: '' },
    })
    await office.settles()
  }
  if (disputed && state !== 'negotiation') {
    const negotiates = negotiationDesk(water, office.now)
    await negotiates.records(submitted, [
      [water.code, '为了公众安全。'],
      [health.code, '不公布位置。'],
    ])
    await negotiates.files(submitted, { to: Addressee.COMPETENT_AUTHORITY })
    await office.settles()
    const coordinator = deskOf(OFFICE)
    const dispute = await coordinator.disputeOf(releaseId)
    found.disputeId = dispute.disputeId
    if (state !== 'in_dispute') {
      await coordinator.accepts(dispute)
      const { coReviews } = await coordinator.asksBodies(dispute)
      found.coReviewId =
        coReviews.find(({ body }) => body === office.codeOf(SECRECY))?.coReviewId ?? NOBODY
      await office.settles()
      if (state === 'ruled') {
        for (const body of ['市司法局', SECRECY, '市监委']) await deskOf(body).givesView(dispute)
        await coordinator.rules(dispute, RulingDisposition.DO_NOT_RELEASE)
        await office.settles()
      }
    }
  }
  if (state === 'held') {
    await (
      await office.as(FINANCE).consultations()
    ).declareAffected({
      ...{ requestId: `matrix-declare-${cases}`, release: releaseId, reason: '涉及本机关' },
    })
    await office.settles()
    found.declarationId = (await now()).declarations[0]?.declarationId ?? NOBODY
  }
  if (state === 'published') await water.publishes(submitted)
  if (state === 'withdrawn') await water.withdraws(submitted, '数据待核。')
  await office.settles()
  const letters = await health.entries(LetterKind.CONSULTATION_LETTER)
  for (const close of closing) close()
  return {
    ...{ state, releaseId, draftDigest, confirmationId, ...found },
    consultationId: of(HEALTH),
    letterId: letters.find((one) => one.releaseId === releaseId)?.letterId ?? NOBODY,
  }
}
