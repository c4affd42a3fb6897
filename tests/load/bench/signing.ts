// Opinions signed before they are sent: with a key for each agency, registered by two security operators.
import { generateKeyPairSync, sign } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import type { GiveOpinionRequest } from '../../../gen/huiqian/coordination/v1/consultation.js'
import {
  DirectoryServiceClient,
  SigningSuite,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { seal } from '../../../services/coordination/draft/canonical-forms.js'
import { FORM, statementBytes } from '../../../shared/acts/statement.js'
import type { SigningSuite as Suite } from '../../../shared/identity/signing-key.js'
import { ensureAuthority, ensureCertificate } from '../../../shared/rpc/authority.js'
import { connect } from '../../../shared/rpc/client.js'
import { join } from 'node:path'
import { NOW, type BenchHouse } from './house.js'

type Signer = { readonly keyId: string; sign(bytes: Buffer): Buffer }

/** A signer for each agency that is asked. */
export async function signersOf(house: BenchHouse, suite: Suite): Promise<Map<string, Signer>> {
  const authority = await ensureAuthority(join(house.data, 'certificates'), Date.now)
  const signers = new Map<string, Signer>()
  const made = house.affected.map(({ code }) => ({ code, ...keyOf(suite) }))
  for (const who of ['first', 'second']) {
    const certificates = await ensureCertificate(authority, {
      ...{ file: `security-${who}`, uri: `spiffe://huiqian.local/security/${who}` },
    })
    const calls = connect(DirectoryServiceClient, house.address, certificates)
    for (const { code, publicKey, signs } of made) {
      const { key } = await calls.registerSigningKey({
        ...{ requestId: `${who}-${suite}-${code}`, agency: code, publicKey, required: false },
        suite: suite === 'sm2' ? SigningSuite.SM2 : SigningSuite.ED25519,
      })
      signers.set(code, { keyId: key?.keyId ?? '', sign: signs })
    }
    calls.close()
  }
  await house.house.ask('settle')
  return signers
}

function keyOf(suite: Suite): { publicKey: Buffer; signs(bytes: Buffer): Buffer } {
  if (suite === 'sm2') {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    const options = { der: true, hash: true, userId: '1234567812345678' }
    return {
      publicKey: Buffer.from(publicKey, 'hex'),
      signs: (bytes) => Buffer.from(sm2.doSignature(bytes, privateKey, options), 'hex'),
    }
  }
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    signs: (bytes) => sign(null, bytes, privateKey),
  }
}

export function signed(
  agency: string,
  request: GiveOpinionRequest,
  { keyId, sign: signs }: Signer,
): GiveOpinionRequest {
  const { consultationId: consultation, draftDigest: draft, opinion, requestId } = request
  const { digest } = seal({
    ...{ form: 'huiqian-opinion-1', consultation, draft, kind: 'consent' },
    ...{ reasons: opinion?.reasons ?? '', legalBasis: '', proposedWording: '', askInstead: '' },
    ...{ claims: [], documentNumber: '', signatory: '' },
  })
  const statement = statementBytes({
    ...{ form: FORM, act: 'GiveOpinion', house: 'huiqian.local', agency, request_id: requestId },
    subject: { consultation_id: consultation, draft_digest: draft, opinion_digest: digest },
    signed_at: `${new Date(NOW).toISOString().slice(0, 19)}Z`,
  })
  return { ...request, signed: { keyId, statement, signature: signs(statement) } }
}
