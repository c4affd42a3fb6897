import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  address,
  choice,
  ConfigurationError,
  flag,
  integer,
  readEnvironment,
  settingsTable,
  text,
} from './environment.js'

const spec = {
  folder: text('HQ_FOLDER', { otherwise: './data', about: 'where data are kept' }),
  port: integer('HQ_PORT', { min: 0, max: 65_535, about: 'of the front door' }),
  mode: choice('HQ_MODE', ['sqlite', 'postgres'], { otherwise: 'sqlite', about: 'the database' }),
  strict: flag('HQ_STRICT', { otherwise: true, about: 'strictness' }),
  metrics: address('HQ_METRICS', { otherwise: '127.0.0.1:0', about: 'where metrics are' }),
  password: text('HQ_PASSWORD', { otherwise: 'p', secret: true, about: 'of the database' }),
}

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(env, spec, { prefix: 'HQ_' })
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults
    throw error
  }
  return []
}

describe('a configuration', () => {
  test('is complete, typed and frozen', () => {
    const config = readEnvironment({ HQ_PORT: '8443', HOME: '/x' }, spec, { prefix: 'HQ_' })
    expect(config).toEqual({
      folder: './data',
      port: 8443,
      mode: 'sqlite',
      strict: true,
      metrics: '127.0.0.1:0',
      password: 'p',
    })
    expect(Object.isFrozen(config)).toBe(true)
    expectTypeOf(config.mode).toEqualTypeOf<'sqlite' | 'postgres'>()
    expectTypeOf(config.port).toEqualTypeOf<number>()
  })
  test('is refused with every fault at once, secrets hidden', () => {
    const faults = faultsOf({
      HQ_FOLDER: '',
      HQ_MODE: 'oracle',
      HQ_STRICT: 'yes',
      HQ_METRICS: 'nowhere',
      HQ_PASSWORD: 'a\nb',
      HQ_PROT: '1',
    })
    expect(faults).toEqual([
      'HQ_FOLDER: expected text; given ""',
      'HQ_PORT: expected a whole number from 0 to 65535; it is not set',
      'HQ_MODE: expected one of sqlite, postgres; given "oracle"',
      'HQ_STRICT: expected true or false; given "yes"',
      'HQ_METRICS: expected host:port; given "nowhere"',
      'HQ_PASSWORD: expected text; given (hidden)',
      'HQ_PROT: there is no such setting',
    ])
  })
  test.each(['-1', '65536', '1e3', '0x10', '', ' 1', '1.5', 'NaN', '9'.repeat(30)])(
    'takes no %j for a port',
    (port) => expect(faultsOf({ HQ_PORT: port })).toHaveLength(1),
  )
  test('has a table that names every setting', () => {
    const table = settingsTable(spec)
    for (const { variable } of Object.values(spec)) expect(table).toContain(`\`${variable}\``)
    expect(table).toContain('| `HQ_PORT` | a whole number from 0 to 65535 | must be set |')
  })
})
