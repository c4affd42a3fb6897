// The ring of content keys in a house at work: turned with the command while agencies go on, dropped, lost.
import { readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { readKeyFile } from '../../shared/confidentiality/confidentiality.js'
import { huiqian } from '../clients/in-process.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'

let rings = 0

async function keys(file: string, ...words: string[]): Promise<void> {
  const mint = seededMint(`ring ${rings++}`)
  const outside = { env: {}, folder: '/', now: Date.now, mint }
  const { code, out, err } = await huiqian(['keys', ...words, '--file', file], outside)
  expect(code, out + err).toBe(0)
}

/** The key files of the house: one of the process, or one of each service's. */
function filesOf(office: Office): string[] {
  const found = readdirSync(office.premises.folder, { recursive: true }).map(String)
  return found
    .filter((name) => name.endsWith('keys/content.json'))
    .map((name) => join(office.premises.folder, name))
}

await inEachShape('content keys', (shape) => {
  test('are turned while the house works; the old ones are let go, and every word is still there', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const water = office.as('市水利局')
    const reads = async (release: { releaseId: string }) =>
      (await water.sees(release, ReleaseView.FULL)).text
    const first = await water.submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    const text = await reads(first)
    expect(text).toBe('北江水位的全文。')
    const files = filesOf(office)
    expect(files.length).toBeGreaterThan(0)
    const firstKeys = files.map((file) => readKeyFile(file).current)

    for (const file of files) await keys(file, 'rotate')
    // Before anybody has noticed, and after.
    const second = await water.submitsRelease('连江水位', { affects: ['市公安局'] })
    await office.jumpsTo('2026-09-28T10:01+08:00')
    const third = await water.submitsRelease('滃江水位', { affects: ['市公安局'] })
    await office.jumpsTo('2026-09-28T10:02+08:00')
    for (const [at, file] of files.entries()) await keys(file, 'drop', firstKeys[at] ?? '')
    expect(files.map((file) => readKeyFile(file).keys.length)).toEqual(files.map(() => 1))

    for (const service of ['delivery', 'coordination', 'escalation'] as const) {
      await office.premises.end(service, 'stopped')
      await office.premises.startAgain(service)
    }
    await office.settles()
    expect(await reads(first)).toBe(text)
    expect(await reads(second)).toBe('连江水位的全文。')
    expect(await reads(third)).toBe('滃江水位的全文。')
    const letters = await office.as('市公安局').letters()
    expect(letters).toHaveLength(3)
    for (const letter of letters) expect(letter.body).toContain('水位')
  })

  test('that are lost keep the house from starting, before it writes what nobody could read', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    await office.as('市水利局').submitsRelease('北江水位', { affects: ['市公安局'] })
    await office.settles()
    const [file] = filesOf(office).filter(
      (path) => shape === 'one process' || path.includes('/coordination/'),
    )
    await office.premises.end('coordination', 'stopped')
    renameSync(file!, join(dirname(file!), 'elsewhere.json'))
    await expect(office.premises.startAgain('coordination')).rejects.toThrow('in use')
    renameSync(join(dirname(file!), 'elsewhere.json'), file!)
    await office.premises.startAgain('coordination')
    await office.settles()
  })
})
