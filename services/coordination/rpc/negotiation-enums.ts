// Enumerations of disagreement and the words of the law, both ways.
import {
  Addressee,
  DisputeStanding as StandingNumber,
  Disposition as DispositionNumber,
  RoundKind as RoundNumber,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import type { DisputeStanding, Disposition } from '../dispute/dispute.js'
import type { RoundKind } from '../negotiation/negotiation.js'
import type { AddresseeKind } from '../pack/pack.js'

type Table<Word extends string, Number extends number> = Readonly<Record<Word, Number>>

export const ADDRESSEES: Table<AddresseeKind, Addressee> = {
  superior_organ: Addressee.SUPERIOR_ORGAN,
  competent_authority: Addressee.COMPETENT_AUTHORITY,
  common_superior: Addressee.COMMON_SUPERIOR,
}

export const ROUND_KINDS: Table<RoundKind, RoundNumber> = {
  meeting: RoundNumber.MEETING,
  written_answer: RoundNumber.WRITTEN_ANSWER,
}

export const STANDINGS: Table<DisputeStanding, StandingNumber> = {
  filed: StandingNumber.FILED,
  accepted: StandingNumber.ACCEPTED,
  returned: StandingNumber.RETURNED,
  ruled: StandingNumber.RULED,
  ended: StandingNumber.ENDED,
}

export const DISPOSITIONS: Table<Disposition, DispositionNumber> = {
  release: DispositionNumber.RELEASE,
  release_with_changes: DispositionNumber.RELEASE_WITH_CHANGES,
  do_not_release: DispositionNumber.DO_NOT_RELEASE,
  back_to_negotiation: DispositionNumber.BACK_TO_NEGOTIATION,
}
