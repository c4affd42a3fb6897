import { describe, expect, test } from 'vitest'
import { reasonOf } from '../../../shared/refusal/refusal.fixture.js'
import { keyIdOf } from '../../../shared/identity/signing-key.js'
import {
  decide,
  evolve,
  noKey,
  type SigningKeyCommand,
  type SigningKeyEvent,
} from './signing-key.js'

const agency = '11441800QY00000462'
const publicKey = 'ab'.repeat(32)
const facts = { agency, suite: 'ed25519', publicKey, required: false } as const
const keyId = keyIdOf('ed25519', publicKey)
const registers = (by: string, more: object = {}) =>
  ({ type: 'RegisterSigningKey', ...facts, by, ...more }) as SigningKeyCommand
const retires = (by: string) => ({ type: 'RetireSigningKey', by }) as const
const proposed: SigningKeyEvent = { type: 'SigningKeyProposed', ...facts, proposedBy: 'first' }
const registered: SigningKeyEvent = {
  ...{ type: 'SigningKeyRegistered', ...facts },
  ...{ proposedBy: 'first', registeredBy: 'second' },
}
const asked: SigningKeyEvent = { type: 'SigningKeyRetirementProposed', proposedBy: 'first' }
const retired: SigningKeyEvent = {
  ...{ type: 'SigningKeyRetired', proposedBy: 'first', retiredBy: 'second' },
}
const given = (...events: SigningKeyEvent[]) => ({
  when: (command: SigningKeyCommand, id = keyId) =>
    decide(
      events.reduce((state, event, index) => evolve(state, event, index + 1), noKey),
      id,
      command,
    ),
})

describe('a signing key', () => {
  test('is registered by two: the second confirms what the first proposed, and nothing else', () => {
    expect(given().when(registers('first'))).toEqual([proposed])
    expect(reasonOf(() => given(proposed).when(registers('first')))).toBe(
      'KEY_NEEDS_SECOND_OPERATOR',
    )
    expect(given(proposed).when(registers('second'))).toEqual([registered])
    expect(given(proposed, registered).when(registers('second'))).toEqual([])
    // Other facts are another proposal, which the first may then confirm.
    const other = given(proposed).when(registers('second', { required: true }))
    expect(other).toMatchObject([
      { type: 'SigningKeyProposed', required: true, proposedBy: 'second' },
    ])
    expect(given(proposed, ...other).when(registers('first', { required: true }))).toMatchObject([
      { type: 'SigningKeyRegistered', proposedBy: 'second', registeredBy: 'first' },
    ])
  })
  test('is retired by two, for good', () => {
    expect(reasonOf(() => given(proposed).when(retires('first')))).toBe('NOT_FOUND')
    expect(given(proposed, registered).when(retires('first'))).toEqual([asked])
    expect(reasonOf(() => given(proposed, registered, asked).when(retires('first')))).toBe(
      'KEY_NEEDS_SECOND_OPERATOR',
    )
    expect(given(proposed, registered, asked).when(retires('second'))).toEqual([retired])
    const over = given(proposed, registered, asked, retired)
    expect(over.when(retires('third'))).toEqual([])
    expect(reasonOf(() => over.when(registers('third')))).toBe('SIGNING_KEY_EXISTS')
  })
  test.each([
    ['a short key', { publicKey: 'ab' }],
    ['a key in capitals', { publicKey: 'AB'.repeat(32) }],
    ['a compressed point', { suite: 'sm2', publicKey: `02${'ab'.repeat(32)}` }],
    ['no agency', { agency: '11441800QY00000463' }],
  ])('is not %s', (_name, more) => {
    expect(reasonOf(() => given().when(registers('first', more)))).toBe('FIELD_VALUE')
  })
})
