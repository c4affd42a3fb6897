import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  decide,
  evolve,
  unknown,
  type CredentialCommand,
  type CredentialEvent,
} from './credential.js'

const fingerprint = '0f'.repeat(32)
const uri = 'spiffe://huiqian.local/agency/11441800QY00000462/oa'
const register: CredentialCommand = { type: 'RegisterCredential', uri }
const revoke: CredentialCommand = { type: 'RevokeCredential', reason: '私钥遗失' }
const registered: CredentialEvent = { type: 'CredentialRegistered', uri }
const revoked: CredentialEvent = { type: 'CredentialRevoked', reason: '私钥遗失' }

const stateAfter = (...events: CredentialEvent[]) =>
  events.reduce((state, event, index) => evolve(state, event, index + 1), unknown)
const given = (...events: CredentialEvent[]) => ({
  when: (command: CredentialCommand, of = fingerprint) =>
    decide(stateAfter(...events), of, command),
})
const reasonOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
  throw new Error('it was not refused')
}

describe('a certificate', () => {
  test('is registered once', () => {
    expect(given().when(register)).toEqual([registered])
    expect(reasonOf(() => given(registered).when(register))).toBe('CREDENTIAL_EXISTS')
  })
  test('is revoked for good, registered or not', () => {
    expect(given().when(revoke)).toEqual([revoked])
    expect(given(registered).when(revoke)).toEqual([revoked])
    expect(reasonOf(() => given(registered, revoked).when(register))).toBe('CREDENTIAL_REVOKED')
    expect(reasonOf(() => given(revoked).when(register))).toBe('CREDENTIAL_REVOKED')
  })
  test('that is revoked keeps the reason that was given first', () => {
    const again: CredentialCommand = { type: 'RevokeCredential', reason: '又一个理由' }
    expect(given(registered, revoked).when(again)).toEqual([])
    expect(stateAfter(registered, revoked)).toEqual({
      ...{ uri, registeredAt: 1, revokedAt: 2, revocationReason: '私钥遗失' },
    })
  })
  test.each(['', '0F'.repeat(32), '0f'.repeat(31), `${'0f'.repeat(31)}zz`])(
    'is not named by “%s”',
    (wrong) => {
      for (const command of [register, revoke])
        expect(reasonOf(() => given().when(command, wrong))).toBe('FIELD_VALUE')
    },
  )
  test.each(['', 'https://huiqian.local/x', 'spiffe://huiqian.local/agency/123/oa', `${uri}/more`])(
    'does not say “%s” of itself',
    (wrong) => {
      expect(reasonOf(() => given().when({ type: 'RegisterCredential', uri: wrong }))).toBe(
        'FIELD_VALUE',
      )
    },
  )
})
