// A letter that asks for a reply which is not awaited any more is withdrawn at delivery: marked where it
// arrived, and never to arrive where it waits for a mailbox.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'

await inEachShape('letters of a consultation that has ended', (shape) => {
  let office: Office
  const water = () => office.as('市水利局')
  const health = () => office.as('市卫生健康局')
  const forestry = () => office.as('市林业局')
  const designates = (designatedAt: number) => {
    const { code } = forestry()
    const mailbox = { address: code, designatedAt: timestampOf(designatedAt), instrument: '登记' }
    return office.operator.changes(code, (agency) => ({ ...agency, mailbox }))
  }
  /** The letters about a release in a mailbox: their kinds, and whether they were withdrawn. */
  const about = async (desk: ReturnType<typeof water>, releaseId: string) =>
    (await desk.entries())
      .filter((entry) => entry.releaseId === releaseId)
      .map(({ kind, version, withdrawnAt }) => ({
        ...{ kind, version, withdrawn: withdrawnAt !== undefined },
      }))

  beforeAll(async () => {
    office = await openOffice({
      ...{ today: '2026-09-28', shape },
      directory: (agencies) =>
        agencies.map((agency) =>
          agency.name === '清远市林业局' ? { ...agency, mailbox: undefined } : agency,
        ),
    })
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  test('are marked in the mailbox that they arrived in, by a new version and by the withdrawal', async () => {
    const release = await water().submitsRelease('水库水位', { affects: ['市卫生健康局'] })
    await office.settles()
    const { releaseId } = release
    const letter = { kind: LetterKind.CONSULTATION_LETTER, version: 1 }
    expect(await about(health(), releaseId)).toEqual([{ ...letter, withdrawn: false }])
    await water().revises(release, '水库水位', '改过的全文')
    await office.settles()
    expect(await about(health(), releaseId)).toEqual([
      { ...letter, withdrawn: true },
      { ...letter, version: 2, withdrawn: false },
    ])
    await water().withdraws(release, '不再发布')
    await office.settles()
    expect(await about(health(), releaseId)).toEqual([
      { ...letter, withdrawn: true },
      { ...letter, version: 2, withdrawn: true },
      { kind: LetterKind.WITHDRAWAL, version: 2, withdrawn: false },
    ])
  })

  test('never arrive where they wait for a mailbox: the draft is not disclosed after the withdrawal', async () => {
    const withdrawn = await water().submitsRelease('撤回的稿件', { affects: ['市林业局'] })
    const kept = await water().submitsRelease('未撤回的稿件', { affects: ['市林业局'] })
    await office.settles()
    await water().withdraws(withdrawn, '不再发布')
    await office.settles()
    await designates(office.now())
    await office.settles()
    const kinds = await about(forestry(), withdrawn.releaseId)
    expect(kinds.map(({ kind }) => kind)).toEqual([LetterKind.WITHDRAWAL])
    // such a letter arrives when nothing was withdrawn
    expect(await about(forestry(), kept.releaseId)).toMatchObject([
      { kind: LetterKind.CONSULTATION_LETTER, withdrawn: false },
    ])
  })
})
