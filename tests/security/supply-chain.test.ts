// What is built in, by the files that say so; and each check shown with a package that breaks it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

// @ts-expect-error -- a command of deploy/ in plain JavaScript: it runs before anything is installed
const chain = (await import('../../deploy/supply-chain.js')) as {
  faultsOf(own: Own, lock: Lock): string[]
  productionOf(lock: Lock): [string, Entry][]
  billOfMaterials(): { bomFormat: string; components: { name: string; version: string }[] }
  mayBeBuiltIn(licence: string): boolean
}
type Entry = Record<string, unknown> & { version?: string }
type Lock = { packages: Record<string, Entry> }
type Own = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}
const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as T
const own = read<Own>('package.json')
const lock = read<Lock>('package-lock.json')

describe('what is built in', () => {
  test('is pinned, known by its hash, licensed, and runs no script that nobody decided on', () => {
    expect(chain.faultsOf(own, lock)).toEqual([])
  })
  test.each<[string, (own: Own, lock: Lock) => void, RegExp]>([
    ['a range', (own) => (own.dependencies['pino'] = '^10.4.0'), /pino: \^10.4.0 is no exact/],
    [
      'an address',
      (_, lock) => (lock.packages['node_modules/pino']!['resolved'] = 'https://x/pino.tgz'),
      /pino: the lockfile has an address/,
    ],
    [
      'no hash',
      (_, lock) => delete lock.packages['node_modules/pino']!['integrity'],
      /pino: no integrity/,
    ],
    [
      'a script',
      (_, lock) => (lock.packages['node_modules/pino']!['hasInstallScript'] = true),
      /pino: has an install script/,
    ],
    [
      'another licence',
      (_, lock) => (lock.packages['node_modules/pino']!['license'] = 'GPL-3.0-only'),
      /pino: licence GPL-3.0-only/,
    ],
    [
      'too many',
      (_, lock) => {
        for (let nth = 0; nth < 20; nth++)
          lock.packages[`node_modules/extra-${nth}`] = { license: 'MIT', integrity: 'x' }
      },
      /packages in production, more than/,
    ],
  ])('would be seen with %s', (_name, spoil, fault) => {
    const [spoilt, spoiltLock] = [structuredClone(own), structuredClone(lock)]
    spoil(spoilt, spoiltLock)
    const faults = chain.faultsOf(spoilt, spoiltLock)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })
  test('may be chosen between, or must all be in the list', () => {
    expect(chain.mayBeBuiltIn('(MIT OR GPL-3.0-only)')).toBe(true)
    expect(chain.mayBeBuiltIn('(MIT AND GPL-3.0-only)')).toBe(false)
  })
  test('is what the bill of materials names, no more and no less', () => {
    const { bomFormat, components } = chain.billOfMaterials()
    expect(bomFormat).toBe('CycloneDX')
    const named = components.map(({ name, version }) => `${name}@${version}`)
    const built = chain.productionOf(lock).map(([name, { version }]) => `${name}@${version}`)
    expect(new Set(named)).toEqual(new Set(built))
  })
})
