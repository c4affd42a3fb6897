// Known answers, asked of this machine's cryptography before anything is sealed with it: a library that
// answers otherwise seals what nobody else can open.
import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { SUITES } from './suites.js'

type KnownAnswer = { readonly name: string; readonly expected: string; given(): string }

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

// AES-256-GCM: the case with associated data of the GCM specification (test case 16).
const GCM = {
  key: hex('feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308'),
  nonce: hex('cafebabefacedbaddecaf888'),
  covered: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plain: hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
      '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  ),
  sealed:
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
    '8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
    '76fc6ece0f4e1768cddf8853bb2d551b',
}
// SM4: the first example of GB/T 32907; SM3: the first of GB/T 32905.
const SM4 = '0123456789abcdeffedcba9876543210'

export const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    name: 'AES-256-GCM',
    expected: GCM.sealed,
    given: () =>
      SUITES['aes-256-gcm'].key(GCM.key).seal(GCM.nonce, GCM.covered, GCM.plain).toString('hex'),
  },
  {
    name: 'AES-256-GCM, opened',
    expected: GCM.plain.toString('hex'),
    given: () =>
      SUITES['aes-256-gcm']
        .key(GCM.key)
        .open(GCM.nonce, GCM.covered, hex(GCM.sealed))
        ?.toString('hex') ?? 'not opened',
  },
  {
    name: 'SM4',
    expected: '681edf34d206965e86b3e94f536e4246',
    given: () =>
      createCipheriv('sm4-ecb', hex(SM4), null)
        .setAutoPadding(false)
        .update(hex(SM4))
        .toString('hex'),
  },
  {
    // A counter's first block is the block cipher of the counter itself: zeros come out as it.
    name: 'SM4 in counter mode',
    expected: '681edf34d206965e86b3e94f536e4246',
    given: () =>
      createCipheriv('sm4-ctr', hex(SM4), hex(SM4)).update(Buffer.alloc(16)).toString('hex'),
  },
  {
    name: 'SM3',
    expected: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    given: () => createHash('sm3').update('abc').digest('hex'),
  },
  {
    // HMAC is defined over the hash: computed by hand from it, so that only the hash need be known.
    name: 'HMAC-SM3',
    expected: hmacByHand(Buffer.from('key'), Buffer.from('abc')),
    given: () => createHmac('sm3', 'key').update('abc').digest('hex'),
  },
  {
    name: 'SHA-256',
    expected: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    given: () => createHash('sha256').update('abc').digest('hex'),
  },
]

function hmacByHand(key: Uint8Array, message: Uint8Array): string {
  const block = Buffer.alloc(64)
  block.set(key)
  const keyed = (pad: number, bytes: Uint8Array) =>
    createHash('sm3')
      .update(block.map((byte) => byte ^ pad))
      .update(bytes)
      .digest()
  return keyed(0x5c, keyed(0x36, message)).toString('hex')
}

/** Throws, naming what answered otherwise. */
export function mustAnswerAsKnown(answers: readonly KnownAnswer[] = KNOWN_ANSWERS): void {
  for (const { name, expected, given } of answers)
    if (given() !== expected) throw new Error(`the cryptography of this machine is wrong: ${name}`)
}
