import { describe, expect, test } from 'vitest'
import { reasonOf } from '../../../shared/refusal/refusal.fixture.js'
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
const revokeBy = (by: string, reason = '私钥遗失'): CredentialCommand => ({
  ...{ type: 'RevokeCredential', reason, by },
})
const revoke = revokeBy('security/second')
const registered: CredentialEvent = { type: 'CredentialRegistered', uri }
const proposed: CredentialEvent = {
  ...{ type: 'CredentialRevocationProposed', reason: '私钥遗失', proposedBy: 'security/first' },
}
const revoked: CredentialEvent = {
  ...{ type: 'CredentialRevoked', reason: '私钥遗失' },
  ...{ proposedBy: 'security/first', revokedBy: 'security/second' },
}

const stateAfter = (...events: CredentialEvent[]) =>
  events.reduce((state, event, index) => evolve(state, event, index + 1), unknown)
const given = (...events: CredentialEvent[]) => ({
  when: (command: CredentialCommand, of = fingerprint) =>
    decide(stateAfter(...events), of, command),
})

describe('a certificate', () => {
  test('is registered once', () => {
    expect(given().when(register)).toEqual([registered])
    expect(reasonOf(() => given(registered).when(register))).toBe('CREDENTIAL_EXISTS')
  })
  test('is revoked by two: proposed by one, confirmed by another in the words of the first', () => {
    expect(given(registered).when(revokeBy('security/first'))).toEqual([proposed])
    expect(reasonOf(() => given(registered, proposed).when(revokeBy('security/first')))).toBe(
      'REVOCATION_NEEDS_SECOND_OPERATOR',
    )
    const other = revokeBy('security/second', '另一个理由')
    expect(given(registered, proposed).when(other)).toEqual([revoked])
    // Until then it is not revoked.
    expect(stateAfter(registered, proposed)).toEqual({
      ...{ uri, registeredAt: 1, proposedBy: 'security/first', proposedAt: 2 },
      revocationReason: '私钥遗失',
    })
  })
  test('is revoked for good, registered or not', () => {
    expect(given(proposed).when(revoke)).toEqual([revoked])
    expect(given(registered, proposed).when(revoke)).toEqual([revoked])
    expect(reasonOf(() => given(registered, revoked).when(register))).toBe('CREDENTIAL_REVOKED')
    expect(reasonOf(() => given(revoked).when(register))).toBe('CREDENTIAL_REVOKED')
  })
  test('that is revoked keeps the reason that was given first', () => {
    const again = revokeBy('security/third', '又一个理由')
    expect(given(registered, revoked).when(again)).toEqual([])
    expect(stateAfter(registered, revoked)).toEqual({
      ...{ uri, registeredAt: 1, revokedAt: 2, revocationReason: '私钥遗失' },
      revokedBy: 'security/second',
    })
  })
  test.each(['', '0F'.repeat(32), '0f'.repeat(31), `${'0f'.repeat(31)}zz`])(
    'is not named by “%s”',
    (wrong) => {
      for (const command of [register, revoke])
        expect(reasonOf(() => given().when(command, wrong))).toBe('FIELD_VALUE')
    },
  )
  test.each(
    ['agency/11441800QY0000054W/desk', 'service/front-door', 'operator/admin'].concat(
      'security/first',
      'auditor/one',
    ),
  )('may be of every kind of caller: %s', (path) => {
    const own = { ...register, uri: `spiffe://huiqian.local/${path}` }
    expect(given().when(own)).toHaveLength(1)
  })
  test.each(['', 'https://huiqian.local/x', 'spiffe://huiqian.local/agency/123/oa', `${uri}/more`])(
    'does not say “%s” of itself',
    (wrong) => {
      expect(reasonOf(() => given().when({ type: 'RegisterCredential', uri: wrong }))).toBe(
        'FIELD_VALUE',
      )
    },
  )
})
