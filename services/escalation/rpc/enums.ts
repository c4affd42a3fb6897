// Enumerations of the contract and the words of the law, both ways, in one place.
import * as proto from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Advice, CandidateKind, Disposition } from '../dispute/events.js'
import type { DisputeStatus, PartIn } from '../dispute/state.js'

type Table<Word extends string, Number extends number> = Readonly<Record<Word, Number>>

/** The word of a number that `enumField` has let through. */
export function wordOf<Word extends string>(table: Table<Word, number>, value: number): Word {
  for (const word in table) if (table[word] === value) return word
  throw new Error(`no word for the number ${value}`)
}

export const STATES: Table<DisputeStatus, proto.DisputeState> = {
  filed: proto.DisputeState.FILED,
  accepted: proto.DisputeState.ACCEPTED,
  returned: proto.DisputeState.RETURNED,
  ruled: proto.DisputeState.RULED,
  ended: proto.DisputeState.ENDED,
}

export const PARTS: Table<PartIn, proto.Part> = {
  coordinator: proto.Part.COORDINATOR,
  releasing: proto.Part.RELEASING,
  party: proto.Part.PARTY,
  review_body: proto.Part.REVIEW_BODY,
}

export const CANDIDATES: Table<CandidateKind, proto.CandidateKind> = {
  superior_organ: proto.CandidateKind.SUPERIOR_ORGAN,
  competent_authority: proto.CandidateKind.COMPETENT_AUTHORITY,
  common_superior: proto.CandidateKind.COMMON_SUPERIOR,
}

export const ADVICES: Table<Advice, proto.Advice> = {
  release: proto.Advice.RELEASE,
  release_with_changes: proto.Advice.RELEASE_WITH_CHANGES,
  do_not_release: proto.Advice.DO_NOT_RELEASE,
  none: proto.Advice.NONE,
}

export const DISPOSITIONS: Table<Disposition, proto.RulingDisposition> = {
  release: proto.RulingDisposition.RELEASE,
  release_with_changes: proto.RulingDisposition.RELEASE_WITH_CHANGES,
  do_not_release: proto.RulingDisposition.DO_NOT_RELEASE,
  back_to_negotiation: proto.RulingDisposition.BACK_TO_NEGOTIATION,
}
