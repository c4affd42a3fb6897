import type {
  Candidate as CandidateMessage,
  ResolveCoordinatorsRequest,
  ResolveCoordinatorsResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { creditCodeField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampField } from '../../../shared/rpc/timestamps.js'
import { resolveCoordinators as resolve, type Candidate } from '../agency/resolve-coordinators.js'
import type { Directory } from '../directory.js'
import { roleMessage } from './agency-message.js'

/** Who may coordinate a dispute of an agency's, and who reviews it, each with the reason. */
export const resolveCoordinators = ({
  agenciesAround,
  clock,
}: Pick<Directory, 'agenciesAround' | 'clock'>) =>
  unary<ResolveCoordinatorsRequest, ResolveCoordinatorsResponse>(async (request) => {
    const releasing = creditCodeField(request.releasingAgency, 'releasing_agency')
    const parties = request.parties.map((code, i) => creditCodeField(code, `parties[${i}]`))
    const at = request.asOf === undefined ? clock.now() : timestampField(request.asOf, 'as_of')
    const { agencies } = await agenciesAround([releasing, ...parties])
    for (const [index, agency] of [releasing, ...parties].entries()) {
      const field = index === 0 ? 'releasing_agency' : `parties[${index - 1}]`
      if (agencies.of(agency) === undefined)
        throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', { field, agency })
    }
    const found = resolve(agencies, { releasing, parties, at })
    return {
      superiorOrgan: candidateMessage(found.superiorOrgan),
      competentAuthority: candidateMessage(found.competentAuthority),
      reviewBodies: found.reviewBodies.map(({ role, agency, why, party }) => ({
        role: roleMessage(role),
        agency: agency?.creditCode ?? '',
        reasonZh: why.zh,
        reasonEn: why.en,
        party,
      })),
      commonSuperior: candidateMessage(found.commonSuperior),
    }
  })

const candidateMessage = ({ agency, why, excluded }: Candidate): CandidateMessage => ({
  agency: agency?.creditCode ?? '',
  name: agency?.name ?? '',
  reasonZh: why.zh,
  reasonEn: why.en,
  excluded: excluded.map((one) => ({
    agency: one.agency.creditCode,
    reasonZh: one.why.zh,
    reasonEn: one.why.en,
  })),
})
