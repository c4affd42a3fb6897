// A mint whose whole sequence follows from its seed: for tests, simulations and the demo.
import { createHash } from 'node:crypto'
import { mintFrom, type Mint } from './identity.js'

/** SHA-256 in counter mode over the seed: repeatable, and never equal for different seeds. */
export function seededMint(seed: string): Mint {
  let counter = 0
  return mintFrom((length) => {
    const blocks: Buffer[] = []
    for (let have = 0; have < length; have += 32)
      blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest())
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length))
  })
}
