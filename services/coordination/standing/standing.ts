// Who stands for an agency now: shared with every service that keeps a copy of the agencies.
export {
  standing,
  standingName,
  standsFor,
  type AgencyOf,
} from '../../../shared/copies/standing.js'
