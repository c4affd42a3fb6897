// A caller in TypeScript with grpc-js and generated code alone, as proto/README.md shows it.
import { credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js'
import { readFileSync } from 'node:fs'
import {
  ConsultationServiceClient,
  type GiveOpinionRequest,
  type GiveOpinionResponse,
} from '../../gen/huiqian/coordination/v1/consultation.js'

export type Files = { readonly ca: string; readonly cert: string; readonly key: string }

export function consultationsAt(address: string, files: Files): ConsultationServiceClient {
  const [ca, key, cert] = [files.ca, files.key, files.cert].map((file) => readFileSync(file))
  const identity = credentials.createSsl(ca, key, cert)
  // TLS knows no server names that are addresses: on this machine the name is localhost.
  return new ConsultationServiceClient(address, identity, {
    'grpc.ssl_target_name_override': 'localhost',
  })
}

// --- as in proto/README.md
const UNKNOWN = [status.CANCELLED, status.DEADLINE_EXCEEDED, status.INTERNAL, status.UNAVAILABLE]

/** `request` is built once: the same request_id in every attempt. */
export async function giveOpinion(
  consultations: ConsultationServiceClient,
  request: GiveOpinionRequest,
): Promise<GiveOpinionResponse> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await new Promise((resolve, reject) => {
        const deadline = { deadline: new Date(Date.now() + 10_000) }
        consultations.giveOpinion(request, new Metadata(), deadline, (error, response) => {
          if (error) reject(error)
          else resolve(response)
        })
      })
    } catch (error) {
      if (attempt === 8 || !UNKNOWN.includes((error as ServiceError).code)) throw error
      await new Promise((wait) => setTimeout(wait, Math.min(100 * 2 ** attempt, 5_000)))
    }
  }
}
// --- end
