// The thread in which SM2 signatures are verified: a library in plain JavaScript, some milliseconds each.
import { parentPort } from 'node:worker_threads'
import { sm2 } from 'sm-crypto-v2'
import { numbersOf } from './signature-der.js'

export type Sm2Asked = {
  readonly id: number
  readonly publicKey: string
  readonly bytes: Uint8Array
  readonly signature: Uint8Array
}
export type Sm2Answered = { readonly id: number; readonly holds: boolean }

/** The user id that GM/T 0009 gives where none is agreed on. */
const USER_ID = '1234567812345678'

// A known answer, made by the openssl command line (3.0.19): a thread that answers otherwise answers nothing.
const KNOWN = {
  publicKey:
    '040036fc5c04eb895a77120379b77fec1b4bd0987f58feff5654c3ab57e4820d11' +
    'ef16408ff1cfdce33904f93fba3510d71e08f8707d87b78be10a413d5628382b',
  bytes: Buffer.from('huiqian known answer'),
  signature: Buffer.from(
    '3045022100d941f5fcd1909f1ec29d556282f9090c5f79c31896793440303a9a544c33fa2f' +
      '02203a684b77bddc5085ae2870a5f7b8529aa1c9a8758c65a5bf52aea2f956c68f32',
    'hex',
  ),
}
if (
  !holds(KNOWN.publicKey, KNOWN.bytes, KNOWN.signature) ||
  holds(KNOWN.publicKey, Buffer.from('another'), KNOWN.signature)
)
  throw new Error('the cryptography of this machine is wrong: SM2')

parentPort?.on('message', ({ id, publicKey, bytes, signature }: Sm2Asked) => {
  const answer: Sm2Answered = { id, holds: holds(publicKey, bytes, signature) }
  parentPort?.postMessage(answer)
})

function holds(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const numbers = numbersOf(signature)
    if (numbers === undefined) return false
    return sm2.doVerifySignature(bytes, numbers.toString('hex'), publicKey, {
      ...{ der: false, hash: true, userId: USER_ID },
    })
  } catch {
    return false // no point of the curve, or no DER: then it is no signature of this key
  }
}
