// Acts that agencies sign with keys of their own: kept whole, verified by anybody; and none of them counts elsewhere.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SignedAct } from '../../gen/huiqian/common/v1/common.js'
import { Opinion, OpinionKind } from '../../gen/huiqian/coordination/v1/coordination.js'
import { SigningSuite } from '../../gen/huiqian/directory/v1/directory.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import {
  RulingDisposition,
  Ruling,
  DisputeView,
} from '../../gen/huiqian/escalation/v1/escalation.js'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { seal } from '../../services/coordination/draft/canonical-forms.js'
import { seal as sealRuling } from '../../services/escalation/forms/forms.js'
import { openSignatures } from '../../shared/acts/signatures.js'
import { FORM, statementBytes, type ActStatement } from '../../shared/acts/statement.js'
import {
  OFFICER_FORM,
  officerBytes,
  officerToken,
  type OfficerStatement,
} from '../../shared/acts/officer.js'
import { OFFICER_TOKEN } from '../../shared/rpc/door.js'
import { ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { huiqian } from '../clients/in-process.js'
import { disputeDesk } from '../office/dispute-desk.js'
import { inEachShape } from '../office/each-shape.js'
import { packFile } from '../office/pack-file.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { openOffice, type Office } from '../office/office.js'

const outside = { env: {}, folder: '/', now: Date.now, mint: seededMint('acts') }

type Key = { readonly keyId: string; readonly privateKey: KeyObject; readonly hex: string }

let requests = 0

/** A key of an agency, registered by two security operators. */
async function keyOf(office: Office, name: string, required: boolean): Promise<Key> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  let keyId = ''
  for (const [nth, calls] of office.operator.security.entries()) {
    const request = { agency: office.codeOf(name), suite: SigningSuite.ED25519, publicKey: raw }
    const { key } = await (
      await calls()
    ).registerSigningKey({ ...request, required, requestId: `key-${++requests}` })
    expect(key?.registeredAt === undefined).toBe(nth === 0)
    keyId = key?.keyId ?? ''
  }
  await office.settles()
  return { keyId, privateKey, hex: raw.toString('hex') }
}

function signedBy(
  { keyId, privateKey }: Key,
  statement: Omit<ActStatement, 'form' | 'house' | 'signed_at'>,
  now: number,
): SignedAct {
  const signed_at = `${new Date(now).toISOString().slice(0, 19)}Z`
  const bytes = statementBytes({ form: FORM, house: 'huiqian.local', signed_at, ...statement })
  return { keyId, statement: bytes, signature: sign(null, bytes, privateKey) }
}

/** What is kept of it holds, by itself. */
async function mustHold(kept: Uint8Array, key: Key): Promise<ActStatement> {
  const act = JSON.parse(Buffer.from(kept).toString()) as Record<string, string>
  expect(act).toMatchObject({ form: 'huiqian-signed-act-1', public_key: key.hex })
  const signatures = openSignatures()
  const bytes = Buffer.from(act['statement'] ?? '', 'utf8')
  const signature = Buffer.from(act['signature'] ?? '', 'hex')
  expect(await signatures.verify('ed25519', key.hex, bytes, signature)).toBe(true)
  await signatures.stop()
  return JSON.parse(act['statement'] ?? '') as ActStatement
}

const opinionDigest = (consultation: string, draft: string, reasons: string): string =>
  seal({
    ...{ form: 'huiqian-opinion-1', consultation, draft, kind: 'objection', reasons },
    ...{ legalBasis: '', proposedWording: '', askInstead: '', claims: [], documentNumber: '' },
    signatory: '',
  }).digest

await inEachShape('signed acts', (shape) => {
  test('an opinion is kept with its signature; used again, elsewhere or by another, it counts for nothing', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const police = office.as('市公安局')
    const key = await keyOf(office, '市公安局', false)
    const affects = ['市公安局', '市财政局']
    const [release, other] = [
      await office.as('市水利局').submitsRelease('北江水位', { affects }),
      await office.as('市水利局').submitsRelease('连江水位', { affects }),
    ]
    await office.settles()
    const { consultationId, draftDigest } = await police.consultationOn(release)
    const elsewhere = await police.consultationOn(other)
    const reasons = '位置不宜公开。'
    const opinion = Opinion.fromPartial({ kind: OpinionKind.OBJECTION, reasons })
    const statement = {
      ...{ act: 'GiveOpinion' as const, agency: police.code, request_id: 'signed-1' },
      subject: {
        ...{ consultation_id: consultationId, draft_digest: draftDigest },
        opinion_digest: opinionDigest(consultationId, draftDigest, reasons),
      },
    }
    const signed = signedBy(key, statement, office.now())
    const request = { requestId: 'signed-1', consultationId, draftDigest, opinion, signed }
    const calls = await police.consultations()
    const invalid = { status: 'INVALID_ARGUMENT', reason: 'SIGNATURE_INVALID' }
    for (const wrong of [
      { ...request, opinion: Opinion.fromPartial({ kind: OpinionKind.CONSENT }) },
      { ...request, requestId: 'signed-2' },
      { ...request, consultationId: elsewhere.consultationId, draftDigest: elsewhere.draftDigest },
      { ...request, signed: { ...signed, signature: Buffer.alloc(64) } },
      { ...request, signed: { ...signed, keyId: '00' } },
    ])
      await expect(calls.giveOpinion(wrong)).rejects.toMatchObject(invalid)
    // In another's hands it is nothing at all: of this consultation they know nothing.
    const stranger = await office.as('市教育局').consultations()
    await expect(stranger.giveOpinion(request)).rejects.toMatchObject({ reason: 'NOT_FOUND' })

    const first = await calls.giveOpinion(request)
    // Two days later the same request is answered as before, though its signature is old.
    await office.jumpsTo('2026-09-30')
    expect(await calls.giveOpinion(request)).toEqual(first)
    const { consultation } = await calls.getConsultation({ consultationId })
    const kept = await mustHold(consultation?.opinion?.signedAct ?? Buffer.alloc(0), key)
    expect(kept).toMatchObject(statement)
    const file = join(mkdtempSync(join(tmpdir(), 'huiqian-act-')), 'act.json')
    const bytes = Buffer.from(consultation?.opinion?.signedAct ?? [])
    writeFileSync(file, bytes)
    expect(await huiqian(['act', 'verify', file, '--public-key', key.hex], outside)).toMatchObject({
      code: 0,
    })
    expect(await huiqian(['act', 'verify', file, '--public-key', '00'], outside)).toMatchObject({
      code: 1,
    })
    writeFileSync(file, bytes.toString().replace('signed-1', 'signed-2'))
    const changed = await huiqian(['act', 'verify', file], outside)
    expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('SIGNATURE_INVALID')])
    // The releasing agency has it as well: it is what stands against the release.
    const seen = await (
      await office.as('市水利局').consultations()
    ).getConsultation({ consultationId })
    await mustHold(seen.consultation?.opinion?.signedAct ?? Buffer.alloc(0), key)
  })

  test('an agency that asked for it can do nothing unsigned; its receipt is signed, and a retired key signs no more', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const police = office.as('市公安局')
    const key = await keyOf(office, '市公安局', true)
    const release = await office
      .as('市水利局')
      .submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    await expect(police.givesOpinion(release, 'consent')).rejects.toMatchObject({
      ...{ status: 'INVALID_ARGUMENT', reason: 'SIGNATURE_REQUIRED', field: 'signed' },
    })
    const [letter] = await police.entries(LetterKind.CONSULTATION_LETTER)
    const letterId = letter?.letterId ?? ''
    const mailbox = await police.mailbox()
    const receipt = { requestId: 'receipt-1', letterId, signedBy: '李四' }
    await expect(mailbox.signReceipt({ ...receipt, signed: undefined })).rejects.toMatchObject({
      reason: 'SIGNATURE_REQUIRED',
    })
    const act = { act: 'SignReceipt' as const, agency: police.code, request_id: 'receipt-1' }
    const subject = { letter_id: letterId, signed_by: '李四' }
    const signed = signedBy(key, { ...act, subject }, office.now())
    const { entry } = await mailbox.signReceipt({ ...receipt, signed })
    expect(entry?.signedBy).toBe('李四')

    for (const [nth, calls] of office.operator.security.entries())
      await (await calls()).retireSigningKey({ requestId: `retire-${nth}`, keyId: key.keyId })
    await office.settles()
    // Nothing is required any more, and nothing that the key signs counts.
    const again = { ...act, request_id: 'receipt-2', subject }
    await expect(
      mailbox.signReceipt({
        ...{ ...receipt, requestId: 'receipt-2' },
        signed: signedBy(key, again, office.now()),
      }),
    ).rejects.toMatchObject({ reason: 'SIGNATURE_INVALID', field: 'signed.key_id' })
    await police.givesOpinion(release, 'consent')
  })

  test('under a pack that wants it no opinion and no confirmation is taken unsigned, whoever gives it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'huiqian-pack-')), 'pack.json')
    const signed = ['opinion', 'confirmation'] as const
    writeFileSync(file, packFile({ within: 5, silence: 'none', article: '12', signed }))
    const config = { packFiles: [file], defaultPack: 'elsewhere@1' }
    await using office = await openOffice({ today: '2026-09-28', shape, config })
    const [water, police, health] = ['市水利局', '市公安局', '市卫生健康局'].map(office.as)
    const key = await keyOf(office, '市公安局', false)
    const release = await water!.submitsRelease('北江水位', {
      ...{ affects: ['市公安局'], coProducers: [health!.code] },
    })
    await office.settles()
    const refused = { reason: 'SIGNATURE_REQUIRED', field: 'signed', article: '试点/12' }
    await expect(police!.givesOpinion(release, 'objection')).rejects.toMatchObject(refused)
    const { confirmations } = await water!.sees(release)
    const confirmation = {
      ...{ confirmationId: confirmations[0]?.confirmationId ?? '', accurate: true },
      ...{ draftDigest: release.draftDigest, reasons: '', signatory: '' },
    }
    await expect(
      (await health!.consultations()).confirmJointRelease({
        ...{ ...confirmation, requestId: 'unsigned', signed: undefined },
      }),
    ).rejects.toMatchObject(refused)

    const { consultationId, draftDigest } = await police!.consultationOn(release)
    const reasons = '位置不宜公开。'
    const opinion = Opinion.fromPartial({ kind: OpinionKind.OBJECTION, reasons })
    const subject = {
      ...{ consultation_id: consultationId, draft_digest: draftDigest },
      opinion_digest: opinionDigest(consultationId, draftDigest, reasons),
    }
    const act = { act: 'GiveOpinion' as const, agency: police!.code, request_id: 'by-pack' }
    const request = { requestId: 'by-pack', consultationId, draftDigest, opinion }
    const answer = await (
      await police!.consultations()
    ).giveOpinion({ ...request, signed: signedBy(key, { ...act, subject }, office.now()) })
    expect(answer.consultation?.opinion?.opinion?.kind).toBe(OpinionKind.OBJECTION)
  })

  test('an officer is named by a token of the agency, and stands on the act; no other token is taken', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const police = office.as('市公安局')
    const key = await keyOf(office, '市公安局', false)
    const release = await office
      .as('市水利局')
      .submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    const token = (more: Partial<OfficerStatement> = {}): string => {
      const [from, to] = [Date.now(), Date.now() + 600_000].map(
        (at) => `${new Date(at).toISOString().slice(0, 19)}Z`,
      )
      const bytes = officerBytes({
        ...{ form: OFFICER_FORM, agency: police.code, system: 'desk', house: 'huiqian.local' },
        ...{ key_id: key.keyId, officer: 'P-0042', issued_at: from!, expires_at: to!, ...more },
      })
      return officerToken(bytes, sign(null, bytes, key.privateKey))
    }
    const as = (text: string) => ({ metadata: { [OFFICER_TOKEN]: text } })
    const calls = await police.consultations()
    const { consultationId, draftDigest } = await police.consultationOn(release)
    const opinion = Opinion.fromPartial({ kind: OpinionKind.CONSENT })
    const request = { requestId: 'officer-1', consultationId, draftDigest, opinion }
    for (const wrong of [token({ system: 'gateway' }), token({ key_id: '00' }), 'P-0042'])
      await expect(
        calls.giveOpinion({ ...request, signed: undefined }, as(wrong)),
      ).rejects.toMatchObject({ status: 'UNAUTHENTICATED', reason: 'OFFICER_TOKEN_INVALID' })
    const asked = { ...request, signed: undefined }
    const first = await calls.giveOpinion(asked, as(token()))
    const by = `agency/${police.code}/desk#P-0042`
    expect(first.consultation?.opinion?.givenBy).toBe(by)
    // Asked again by a colleague, or by nobody in particular, it is the same request.
    expect(await calls.giveOpinion(asked, as(token({ officer: 'P-0043' })))).toEqual(first)
    expect(await calls.giveOpinion(asked)).toEqual(first)
    // What an officer read is on record for the owner, with the officer.
    const reads = await police.releases()
    await reads.getRelease({ releaseId: release.releaseId, view: ReleaseView.FULL }, as(token()))
    await office.settles()
    const { readings } = await (
      await office.as('市水利局').releases()
    ).listReadings({ releaseId: release.releaseId, pageSize: 50, pageToken: '' })
    expect(readings.map(({ reader }) => reader)).toContain(by)
    // The releasing agency sees who gave the opinion.
    const seen = await (
      await office.as('市水利局').consultations()
    ).getConsultation({ consultationId })
    expect(seen.consultation?.opinion?.givenBy).toBe(by)
  })

  test('a ruling is signed by its coordinator, and its parties have it whole', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const closing: (() => void)[] = []
    const deskOf = (name: string) => disputeDesk(office, name, (close) => void closing.push(close))
    const [water, police] = [office.as('市水利局'), office.as('市公安局')]
    const key = await keyOf(office, '市府办', false)
    const release = await water.submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    await police.givesOpinion(release, 'objection', { reasons: '位置不宜公开。' })
    const negotiates = negotiationDesk(water, office.now)
    await negotiates.records(release, [
      [water.code, '应当公开。'],
      [police.code, '不应公开。'],
    ])
    await negotiates.files(release, { to: Addressee.COMPETENT_AUTHORITY })
    await office.settles()
    const coordinator = deskOf('市府办')
    const dispute = await coordinator.disputeOf(release.releaseId)
    await coordinator.accepts(dispute)
    await coordinator.asksBodies(dispute)
    await office.settles()
    for (const body of ['市司法局', '市保密局', '市监委']) await deskOf(body).givesView(dispute)
    const { disputeId, draftDigest } = dispute
    const grounds = '公众安全优先。'
    const ruling = Ruling.fromPartial({ disposition: RulingDisposition.DO_NOT_RELEASE, grounds })
    const { digest: ruling_digest } = sealRuling({
      ...{ form: 'huiqian-ruling-1', dispute: disputeId, draft: draftDigest },
      ...{ disposition: 'do_not_release', grounds, legalBasis: '', dissents: [], signatory: '' },
      changed: { title: '', text: '', attachments: [] },
    })
    const statement = {
      ...{ act: 'IssueRuling' as const, agency: coordinator.code, request_id: 'ruling-1' },
      subject: { dispute_id: disputeId, draft_digest: draftDigest, ruling_digest },
    }
    const signed = signedBy(key, statement, office.now())
    const calls = await coordinator.calls()
    await calls.issueRuling({ requestId: 'ruling-1', disputeId, draftDigest, ruling, signed })
    await office.settles()
    const seen = await (
      await deskOf('市公安局').calls()
    ).getDispute({ disputeId, view: DisputeView.FULL })
    const kept = await mustHold(seen.dispute?.ruling?.signedAct ?? Buffer.alloc(0), key)
    expect(kept).toMatchObject(statement)
    for (const close of closing) close()
  })
})
