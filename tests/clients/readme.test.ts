// What proto/README.md shows is what runs: its code stands in tested files, word for word.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  ConsultationState,
  Opinion,
  OpinionKind,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import { openOffice } from '../office/office.js'
import { certificateFiles } from './certificate-files.js'
import { holdingProxy } from './holding-proxy.js'
import { consultationsAt, giveOpinion } from './typescript-caller.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const README = read('../../proto/README.md')
const blocks = (language: string): string[] =>
  [...README.matchAll(new RegExp('^```' + language + '\n([^]*?)^```$', 'gm'))].map(
    ([, code]) => code?.trim() ?? '',
  )

test.each([
  ['typescript', './typescript-caller.ts'],
  ['python', './python/huiqian.py'],
])('the %s of the page stands in %s', (language, path) => {
  const shown = blocks(language)
  expect(shown.length).toBeGreaterThan(0)
  for (const code of shown) expect(read(path)).toContain(code)
  expect(shown.some((code) => /request_id/.test(code))).toBe(true)
})

test('every file that the page links to is there', () => {
  const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? '')
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect(read(join('../../proto', link)).length).toBeGreaterThan(0)
})

test('a caller in TypeScript asks again, and the opinion is given once', async () => {
  await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
  const health = office.as('市卫生健康局')
  const water = office.as('市水利局')
  const release = await water.submitsRelease('水库水位', { affects: ['市卫生健康局'] })
  await office.settles()
  const { consultationId, draftDigest } = await health.consultationOn(release)
  await using wire = await holdingProxy(office.premises.addressOf('coordination'))
  using files = certificateFiles(
    await office.premises.certificateOf({ kind: 'agency', code: health.code }),
  )
  const [, ca = '', , cert = '', , key = ''] = files.arguments
  const consultations = consultationsAt(wire.address, { ca, cert, key })
  wire.hold(20_000)
  const reasons = `涉及防汛调度。${'详'.repeat(10_000)}`
  const opinion = Opinion.fromPartial({ kind: OpinionKind.OBJECTION, reasons })
  const given = giveOpinion(consultations, {
    ...{ requestId: 'once', consultationId, opinion, draftDigest, signed: undefined },
  })
  await expect
    .poll(async () => (await health.consultationOn(release)).state, { timeout: 8_000 })
    .toBe(ConsultationState.ANSWERED)
  const { dossierVersion } = await water.sees(release)
  wire.cut()
  expect((await given).consultation?.state).toBe(ConsultationState.ANSWERED)
  expect(wire.connections()).toBe(2)
  expect((await water.sees(release)).dossierVersion).toBe(dossierVersion)
  consultations.close()
})
