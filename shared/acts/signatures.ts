// Whether a signature is of a key, over these bytes. Ed25519 by OpenSSL on the thread pool, SM2 by a library in a thread
// of its own: neither holds up the event loop.
import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { SigningSuite } from '../identity/signing-key.js'
import { openThread } from '../process/thread.js'
import type { Sm2Answered, Sm2Asked } from './sm2-worker.js'

export type Signatures = {
  /** `publicKey` in hex, as it is registered. */
  verify(
    suite: SigningSuite,
    publicKey: string,
    bytes: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>
  stop(): Promise<void>
}

// The DER of an Ed25519 public key is this and its 32 bytes (RFC 8410).
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const REMEMBERED_MAX = 1_000

// The first known answer of RFC 8032: over no bytes at all.
const KNOWN = {
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  signature: Buffer.from(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
      '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    'hex',
  ),
}

/** Asks this machine's cryptography for known answers; SM2 is asked when its thread begins, with the first signature. */
export async function mustVerifyAsKnown({ verify }: Pick<Signatures, 'verify'>): Promise<void> {
  const { publicKey, signature } = KNOWN
  const [right, wrong] = await Promise.all([
    verify('ed25519', publicKey, Buffer.alloc(0), signature),
    verify('ed25519', publicKey, Buffer.from([0]), signature),
  ])
  if (!right || wrong) throw new Error('the cryptography of this machine is wrong: Ed25519')
}

export function openSignatures(): Signatures {
  const keys = new Map<string, KeyObject>()
  let sm2: Sm2Thread | undefined
  // A thread that ended is forgotten: who asked it hears that it ended, and the next signature begins another.
  const sm2Thread = () =>
    (sm2 ??= openSm2((thread) => {
      if (sm2 === thread) sm2 = undefined
    }))
  const ed25519Key = (publicKey: string): KeyObject => {
    const known = keys.get(publicKey)
    if (known !== undefined) return known
    const der = Buffer.concat([ED25519_SPKI, Buffer.from(publicKey, 'hex')])
    const made = createPublicKey({ key: der, format: 'der', type: 'spki' })
    if (keys.size >= REMEMBERED_MAX) keys.clear()
    keys.set(publicKey, made)
    return made
  }
  return {
    verify(suite, publicKey, bytes, signature) {
      if (suite === 'sm2') return sm2Thread().verify(publicKey, bytes, signature)
      if (signature.length !== 64) return Promise.resolve(false)
      return new Promise((resolve, reject) =>
        verify(null, bytes, ed25519Key(publicKey), signature, (error, holds) =>
          error ? reject(error) : resolve(holds),
        ),
      )
    },
    stop: async () => void (await sm2?.stop()),
  }
}

type Sm2Thread = {
  verify(publicKey: string, bytes: Uint8Array, signature: Uint8Array): Promise<boolean>
  stop(): Promise<void>
}

function openSm2(ended: (thread: Sm2Thread) => void): Sm2Thread {
  const waiting = new Map<number, { resolve(holds: boolean): void; reject(error: Error): void }>()
  let asked = 0
  const worker = openThread(import.meta.url, 'sm2-worker')
  const fail = (error: Error): void => {
    ended(thread)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', ({ id, holds }: Sm2Answered) => {
    waiting.get(id)?.resolve(holds)
    waiting.delete(id)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread of SM2 ended')))
  worker.unref()
  const thread: Sm2Thread = {
    verify: (publicKey, bytes, signature) =>
      new Promise((resolve, reject) => {
        const id = ++asked
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, publicKey, bytes, signature } satisfies Sm2Asked)
      }),
    stop: async () => void (await worker.terminate()),
  }
  return thread
}
