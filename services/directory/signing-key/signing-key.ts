// A key with which an agency signs its acts: proposed by one security operator, registered by another, retired by two
// likewise. What was signed while it was registered stays signed. Pure.
import { faultOfCreditCode } from '../../../shared/identity/credit-code.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { isPublicKey, keyIdOf, type SigningSuite } from '../../../shared/identity/signing-key.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

const RULE = 'house/signing-keys'
const TWO_PERSONS = 'house/two-persons'

export type SigningKeyFacts = {
  readonly agency: Id<'agency'>
  readonly suite: SigningSuite
  /** Hex: Ed25519 32 bytes; SM2 65 bytes, the uncompressed point. */
  readonly publicKey: string
  /** Whether acts of the agency that carry no signature are refused while the key is registered. */
  readonly required: boolean
}

export type SigningKeyEvent =
  | ({ readonly type: 'SigningKeyProposed'; readonly proposedBy: string } & SigningKeyFacts)
  | ({
      readonly type: 'SigningKeyRegistered'
      readonly proposedBy: string
      readonly registeredBy: string
    } & SigningKeyFacts)
  | { readonly type: 'SigningKeyRetirementProposed'; readonly proposedBy: string }
  | {
      readonly type: 'SigningKeyRetired'
      readonly proposedBy: string
      readonly retiredBy: string
    }

export type SigningKeyState = {
  readonly facts?: SigningKeyFacts
  readonly proposedBy?: string
  readonly registeredAt?: Instant
  readonly registeredBy?: string
  readonly retirementProposedBy?: string
  readonly retiredAt?: Instant
}

export type SigningKeyCommand =
  | ({ readonly type: 'RegisterSigningKey'; readonly by: string } & SigningKeyFacts)
  | { readonly type: 'RetireSigningKey'; readonly by: string }

export const noKey: SigningKeyState = {}

export function evolve(
  state: SigningKeyState,
  event: SigningKeyEvent,
  recordedAt: Instant,
): SigningKeyState {
  switch (event.type) {
    case 'SigningKeyProposed': {
      const { agency, suite, publicKey, required, proposedBy } = event
      return { ...state, facts: { agency, suite, publicKey, required }, proposedBy }
    }
    case 'SigningKeyRegistered':
      return { ...state, registeredAt: recordedAt, registeredBy: event.registeredBy }
    case 'SigningKeyRetirementProposed':
      return { ...state, retirementProposedBy: event.proposedBy }
    case 'SigningKeyRetired':
      return { ...state, retiredAt: recordedAt }
  }
}

export function decide(
  state: SigningKeyState,
  keyId: string,
  command: SigningKeyCommand,
): SigningKeyEvent[] {
  switch (command.type) {
    case 'RegisterSigningKey': {
      const { agency, suite, publicKey, required, by } = command
      if (faultOfCreditCode(agency) !== undefined)
        throw new Refusal('malformed', 'FIELD_VALUE', RULE, valueOf('agency', agency, AGENCY))
      if (!isPublicKey(suite, publicKey))
        throw new Refusal('malformed', 'FIELD_VALUE', RULE, valueOf('public_key', publicKey, KEY))
      if (keyId !== keyIdOf(suite, publicKey))
        throw new Error('the stream of a key is named by the key')
      const { facts, proposedBy } = state
      // Proposed anew with other facts: the second must see what it confirms.
      const same = facts?.agency === agency && facts.suite === suite && facts.required === required
      if (state.registeredAt !== undefined) {
        if (state.retiredAt === undefined && same) return []
        throw new Refusal('out-of-order', 'SIGNING_KEY_EXISTS', RULE, { field: 'public_key' })
      }
      if (proposedBy === undefined || !same)
        return [{ type: 'SigningKeyProposed', agency, suite, publicKey, required, proposedBy: by }]
      mustBeSecond(proposedBy, by, 'public_key')
      return [
        {
          ...{ type: 'SigningKeyRegistered', agency, suite, publicKey, required },
          ...{ proposedBy, registeredBy: by },
        },
      ]
    }
    case 'RetireSigningKey': {
      if (state.registeredAt === undefined)
        throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
      if (state.retiredAt !== undefined) return []
      const { retirementProposedBy: proposedBy } = state
      if (proposedBy === undefined)
        return [{ type: 'SigningKeyRetirementProposed', proposedBy: command.by }]
      mustBeSecond(proposedBy, command.by, 'key_id')
      return [{ type: 'SigningKeyRetired', proposedBy, retiredBy: command.by }]
    }
  }
}

function mustBeSecond(first: string, by: string, field: string): void {
  if (first === by)
    throw new Refusal('out-of-order', 'KEY_NEEDS_SECOND_OPERATOR', TWO_PERSONS, {
      field,
      operator: by,
    })
}

const AGENCY = { zh: '应为机关的统一社会信用代码', en: 'it is the credit code of the agency' }
const KEY = {
  zh: 'Ed25519 为 32 字节，SM2 为 65 字节的未压缩点（04 开头）',
  en: 'it is 32 bytes for Ed25519, and for SM2 the 65 bytes of the uncompressed point (04…)',
}
const valueOf = (field: string, value: string, { zh, en }: { zh: string; en: string }) => ({
  ...{ field, value: value.slice(0, 80), why_zh: zh, why_en: en },
})
