// Behind nginx, with the configuration in deploy/front-door: agencies are who their certificates say, nobody is more
// for what he sends, and what is revoked is refused there, too.
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { SERVICE_NAMES } from '../../services/launcher/services.js'
import { OpinionKind, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { ReleaseServiceClient } from '../../gen/huiqian/coordination/v1/release.js'
import { connect } from '../../shared/rpc/client.js'
import { fingerprintOf } from '../../shared/rpc/callers.js'
import { SHOWN_CERTIFICATE } from '../../shared/rpc/forwarded.js'
import { agencyDesk, type AgencyDesk } from '../office/agency-desk.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice, type Office, type Shape } from '../office/office.js'
import { nginxIsHere, startFrontDoor } from '../servers/nginx.js'

async function opened(shape: Shape) {
  const office = await openOffice({ today: '2026-09-28', shape })
  const { premises } = office
  await premises.certificateOf({ kind: 'server' })
  await premises.certificateOf({ kind: 'service', name: 'front-door' })
  const services = SERVICE_NAMES.map((name) => [name, premises.addressOf(name)] as const)
  const door = await startFrontDoor(premises.certificates, Object.fromEntries(services))
  const closers: (() => void)[] = []
  return {
    ...{ office, door },
    /** An agency that comes through the front door. */
    through: (name: string): AgencyDesk =>
      agencyDesk(
        {
          premises: { ...premises, addressOf: () => door.address },
          ...{ now: office.now, codeOf: office.codeOf },
          onClose: (close) => void closers.push(close),
        },
        office.codeOf(name),
      ),
    async [Symbol.asyncDispose]() {
      for (const close of closers) close()
      await door[Symbol.asyncDispose]()
      await office[Symbol.asyncDispose]()
    },
  }
}

const releasesAs = async (office: Office, address: string, name: string) =>
  connect(
    ReleaseServiceClient,
    address,
    await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) }),
    { ownConnection: true },
  )

await inEachShape('behind nginx', (shape) => {
  test.skipIf(!nginxIsHere())(
    'an agency submits, is asked, reads, replies and uploads',
    async () => {
      await using scene = await opened(shape)
      const [water, police] = [scene.through('市水利局'), scene.through('市公安局')]
      const file = await water.uploads('附件', Buffer.alloc(200_000, 7))
      const release = await water.submitsRelease('北江水位', {
        ...{ affects: ['市公安局'], attachments: [file] },
      })
      await scene.office.settles()
      const [letter] = await police.letters(LetterKind.CONSULTATION_LETTER)
      expect(letter?.title).toContain('北江水位')
      await police.givesOpinion(release, 'consent')
      await scene.office.settles()
      const { state } = await water.sees(release)
      expect(state).toBe(ReleaseState.CLEARED)
      // It is on record as the agency's own word, as if it had come straight.
      const seen = await scene.office.as('市水利局').sees(release)
      expect(seen.consultations[0]?.opinion?.opinion?.kind).toBe(OpinionKind.CONSENT)
      expect(scene.door.said()).toBe('')
    },
  )

  test.skipIf(!nginxIsHere())('a stream of letters comes through as it happens', async () => {
    await using scene = await opened(shape)
    const [water, police] = [scene.through('市水利局'), scene.through('市公安局')]
    const watching = (await police.mailbox()).watchMailbox({ after: 0 })[Symbol.asyncIterator]()
    const next = watching.next()
    await water.submitsRelease('北江水位', { affects: ['市公安局'] })
    await scene.office.settles()
    expect(await next).toMatchObject({ done: false })
    await watching.return?.()
  })

  test.skipIf(!nginxIsHere())('nobody is somebody else for what he shows', async () => {
    await using scene = await opened(shape)
    const { office, door } = scene
    const water = office.as('市水利局')
    const release = await water.submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    const owner = await office.premises.certificateOf({ kind: 'agency', code: water.code })
    const metadata = { [SHOWN_CERTIFICATE]: encodeURIComponent(owner.cert) }
    for (const address of [door.address, office.premises.addressOf('coordination')]) {
      const stranger = await releasesAs(office, address, '市财政局')
      const asked = stranger.getRelease({ releaseId: release.releaseId, view: 0 }, { metadata })
      await expect(asked).rejects.toMatchObject({ status: 'NOT_FOUND' })
      stranger.close()
    }
    const mine = await releasesAs(office, door.address, '市水利局')
    expect(
      (await mine.getRelease({ releaseId: release.releaseId, view: 0 })).release?.releaseId,
    ).toBe(release.releaseId)
    mine.close()
  })

  test.skipIf(!nginxIsHere())(
    'a revoked certificate is refused at the next call, on its open connection',
    async () => {
      await using scene = await opened(shape)
      const { office, door } = scene
      const finance = await releasesAs(office, door.address, '市财政局')
      const list = () => finance.listReleases({ state: 0, pageSize: 1, pageToken: '' })
      await list()
      const code = office.codeOf('市财政局')
      const { cert } = await office.premises.certificateOf({ kind: 'agency', code })
      await office.operator.revokes(fingerprintOf(new X509Certificate(cert).raw), '遗失')
      await office.settles()
      await expect(list()).rejects.toMatchObject({
        ...{ status: 'UNAUTHENTICATED', params: { why: 'revoked' } },
      })
      finance.close()
    },
  )
})
