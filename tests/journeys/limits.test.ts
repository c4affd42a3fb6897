// Whatever coordination accepts delivery takes: every field of every letter at its limit, and all arrive.
import { describe, expect, test } from 'vitest'
import { Trigger } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { PATIENCE_MS } from '../office/each-shape.js'
import { openOffice } from '../office/office.js'

/** So many bytes of UTF-8, Han but for the rest. */
const bytes = (count: number): string => '水'.repeat(count / 3) + 'x'.repeat(count % 3)
const KIB = 1024
const [WATER, HEALTH] = ['市水利局', '市卫生健康局'] as const

describe('letters at the limit of every field', { timeout: PATIENCE_MS }, () => {
  test('arrive, and so do the replies to them', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    const [water, health] = [office.as(WATER), office.as(HEALTH)]
    const attachments: string[] = []
    for (let file = 0; file < 50; file++) {
      const chunk = Buffer.from(`file ${file}`)
      attachments.push(await water.uploads(bytes(255), chunk))
    }
    const release = await water.submitsRelease(bytes(KIB), {
      affected: [{ agency: health.code, trigger: Trigger.CONCERNS, reason: bytes(32 * KIB) }],
      ...{ text: bytes(512 * KIB), attachments, documentNumber: bytes(512) },
      ...{ signatory: bytes(256), contact: bytes(256) },
    })
    await office.settles()
    const [letter] = await health.letters(LetterKind.CONSULTATION_LETTER)
    expect(letter?.documentNumber).toBe(bytes(512))
    const words = bytes(32 * KIB)
    await health.givesOpinion(release, 'objection', {
      ...{ reasons: words, legalBasis: words, proposedWording: words },
      ...{ documentNumber: bytes(256), signatory: bytes(256) },
    })
    await water.withdraws(release, words)
    await office.settles()
    expect(await water.letters(LetterKind.REPLY_NOTICE)).toHaveLength(1)
    expect(await health.letters(LetterKind.WITHDRAWAL)).toHaveLength(1)
  })

  test('with a number allotted to an agency of the longest name without a prefix', async () => {
    const name = bytes(300)
    await using office = await openOffice({
      ...{ today: '2026-09-28', shape: 'one process' },
      directory: (agencies) =>
        agencies.map((agency) =>
          agency.aliases.includes(WATER) ? { ...agency, name, documentPrefix: '' } : agency,
        ),
    })
    await office.as(WATER).submitsRelease('水质', { affects: [HEALTH] })
    await office.settles()
    const [letter] = await office.as(HEALTH).letters(LetterKind.CONSULTATION_LETTER)
    expect(letter?.documentNumber.startsWith(name)).toBe(true)
  })
})

test(
  'a file is taken under a name, and under no path, device or name that shows as another',
  async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    const water = office.as(WATER)
    for (const name of ['../../etc/passwd', 'C:evil.txt', 'aux.txt', 'annexe\u202Efdp.exe'])
      await expect(water.uploads(name, Buffer.from('a'))).rejects.toMatchObject({
        ...{ status: 'INVALID_ARGUMENT', reason: 'FIELD_VALUE', field: 'declaration.name' },
      })
    await expect(water.uploads('a\u0000b', Buffer.from('a'))).rejects.toMatchObject({
      ...{ status: 'INVALID_ARGUMENT', field: 'declaration.name' },
    })
    await water.uploads('附件1：北江水位.pdf', Buffer.from('a'))
  },
  PATIENCE_MS,
)
