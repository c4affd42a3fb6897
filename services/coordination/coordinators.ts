// Who may coordinate a dispute, as the directory answers about exactly these parties, with its reasons in
// both languages. Asked before the change that files it; the answer goes into the file.
import type { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { Role, type Candidate as Answered } from '../../gen/huiqian/directory/v1/directory.js'
import type { Calls } from '../../shared/rpc/client.js'
import type { Candidate } from './dispute/file-dispute.js'
import type { ReviewBody } from './dispute/compose-file.js'
import type { AddresseeKind } from './pack/pack.js'

export type AskDirectory = () => Calls<typeof DirectoryServiceClient.service>

export type Coordinators = {
  readonly candidates: readonly Candidate[]
  readonly reviewBodies: readonly ReviewBody[]
}

const ROLES: Readonly<Partial<Record<Role, string>>> = {
  [Role.REVIEW_BODY_LEGAL]: 'legal',
  [Role.REVIEW_BODY_SECRECY]: 'secrecy',
  [Role.REVIEW_BODY_SUPERVISION]: 'supervision',
}

/** The candidates for a dispute of the releasing agency with these parties, and the review bodies. */
export async function resolveCoordinators(
  directory: AskDirectory,
  releasingAgency: string,
  parties: readonly string[],
): Promise<Coordinators> {
  const answer = await directory().resolveCoordinators({
    ...{ releasingAgency, parties: [...parties], asOf: undefined },
  })
  const { superiorOrgan, competentAuthority, commonSuperior, reviewBodies } = answer
  return {
    candidates: [
      ...candidate('superior_organ', superiorOrgan),
      ...candidate('competent_authority', competentAuthority),
      ...candidate('common_superior', commonSuperior),
    ],
    reviewBodies: reviewBodies.map(({ role, agency, reasonZh, reasonEn, party }) => ({
      ...{ role: ROLES[role] ?? 'other', agency, reasonZh, reasonEn, party },
    })),
  }
}

const candidate = (kind: AddresseeKind, answered: Answered | undefined): Candidate[] => {
  if (answered === undefined) return []
  const { agency, reasonZh: zh, reasonEn: en } = answered
  return [agency === '' ? { kind, zh, en } : { kind, agency, zh, en }]
}
