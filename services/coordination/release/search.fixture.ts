// Visits every state of a small world, breadth first, by the real decisions of the law, and asks the
// invariants of every state and every step. States are told apart by their whole content: each part is
// written in canonical form once and then known by a number, so that keys are short and exact.
import { canonical } from '../../../shared/dossier/canonical.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { ReleaseEvent } from './events.js'
import { releaseMoves } from './moves-of-release.fixture.js'
import { theLaw, type Law, type Maker, type Move, type World } from './search-moves.fixture.js'
import { noRelease, type Release } from './state.js'

/** One decision: what was before it, and what came of it. */
export type Step = {
  readonly world: World
  readonly law: Law
  readonly before: Release
  readonly move: Move
  readonly events: readonly ReleaseEvent[]
  readonly after: Release
  /** The reason of the refusal, where it was refused. */
  readonly refused?: string
}

export type Invariants = {
  readonly states: Readonly<Record<string, (release: Release, world: World, law: Law) => boolean>>
  readonly steps: Readonly<Record<string, (step: Step) => boolean>>
}

export type Found = {
  states: number
  steps: number
  readonly events: Set<string>
  /** What each kind of move has brought about. */
  readonly transitions: Map<Move['kind'], Set<string>>
  readonly refusals: Set<string>
  /** The first state or step against an invariant: its name, and the way to it. */
  violation?: { readonly invariant: string; readonly way: readonly string[] }
}

type Told = {
  readonly step?: (step: Step) => void
  /** A world larger than this is a mistake: it was thought to end. */
  readonly statesMax?: number
}

/** Visits a world until nothing new is found, or an invariant is broken. */
export function search(
  world: World,
  invariants: Invariants,
  law: Law = theLaw,
  told: Told = {},
): Found {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0 // nobody reads where a refusal was made, and there are very many
  try {
    return visitAll(world, invariants, law, told)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function visitAll(world: World, invariants: Invariants, law: Law, told: Told): Found {
  const found: Found = {
    ...{ states: 0, steps: 0, events: new Set(), refusals: new Set() },
    transitions: new Map(),
  }
  const moves = world.instants.map((now) => movesAt(world, now))
  const stateRules = Object.entries(invariants.states)
  const stepRules = Object.entries(invariants.steps)
  const keyOf = keys()
  const visited = new Set<string>()
  const parents: number[] = []
  const labels: string[] = []
  const way = (index: number): string[] => {
    const steps: string[] = []
    for (let at = index; at > 0; at = parents[at]!) steps.unshift(labels[at]!)
    return steps
  }
  type Node = { release: Release; moment: number; index: number }
  let frontier: Node[] = []
  let next: Node[] = []
  const reach = (kind: Move['kind']): Set<string> => {
    const known = found.transitions.get(kind) ?? new Set()
    found.transitions.set(kind, known)
    return known
  }
  const visit = (release: Release, moment: number, parent: number, label: string): void => {
    const key = `${moment} ${keyOf(release)}`
    if (visited.has(key)) return
    visited.add(key)
    const index = found.states++
    parents.push(parent)
    labels.push(label)
    next.push({ release, moment, index })
    if (index > (told.statesMax ?? Infinity)) throw new Error(`${world.name}: does not end`)
    for (const [name, holds] of stateRules)
      if (!holds(release, world, law)) found.violation ??= { invariant: name, way: way(index) }
  }
  visit(frozen(noRelease('release-1')), 0, 0, '')
  while (next.length > 0 && found.violation === undefined) {
    frontier = next
    next = []
    for (const { release: before, moment, index } of frontier) {
      for (const move of moves[moment]!) {
        if (!move.applies(before)) continue
        const step = take(world, law, before, move)
        found.steps++
        told.step?.(step)
        for (const { type } of step.events) {
          found.events.add(type)
          reach(move.kind).add(type)
        }
        if (step.refused !== undefined) found.refusals.add(step.refused)
        for (const [name, holds] of stepRules)
          if (!holds(step))
            found.violation ??= { invariant: name, way: [...way(index), move.label] }
        if (step.events.length > 0 && step.after.remarks.length <= world.remarksMax)
          visit(step.after, moment, index, move.label)
        if (found.violation !== undefined) return found
      }
      const later = world.instants[moment + 1]
      if (later !== undefined && before.exists) visit(before, moment + 1, index, 'later')
    }
  }
  return found
}

/** Every move that a world has at an instant. */
function movesAt(world: World, now: number): Move[] {
  const move: Maker = (kind, label, run, more = {}) => ({
    ...{ kind, label, now, applies: ({ exists }) => exists },
    run: world.receivedAtOnce ? received(world, now, run) : run,
    ...more,
  })
  return [releaseMoves, ...(world.also ?? [])].flatMap((moves) => moves(world, now, move))
}

/** The move, and the receipt of the letters that it issued. */
const received =
  (world: World, now: number, run: Move['run']): Move['run'] =>
  (law, release) => {
    const events = [...run(law, release)]
    for (const issued of events.filter((event) => event.type === 'LettersIssued'))
      for (const { consultationId, agency } of issued.letters) {
        const deadline = world.deadline(agency, issued.version, now)
        const command = { consultationId, receivedAt: now, deadline, now }
        events.push(...law.recordReceipt(events.reduce(law.evolve, release), world.pack, command))
      }
    return events
  }

/** A decision and what it makes of the release. */
export function take(world: World, law: Law, before: Release, move: Move): Step {
  try {
    const events = move.run(law, before)
    const after = events.length === 0 ? before : frozen(events.reduce(law.evolve, before))
    return { world, law, before, move, events, after }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { world, law, before, move, events: [], after: before, refused: error.reason }
  }
}

// What a fold has handed out is never changed again: a law that did would throw here.
const frozen = (release: Release): Release => {
  for (const part of Object.values(release)) if (typeof part === 'object') Object.freeze(part)
  for (const one of Object.values(release.consultations)) Object.freeze(one)
  return Object.freeze(release)
}

const FIELDS = Object.keys({
  exists: true,
  releasingAgency: true,
  submittedBy: true,
  submittedAt: true,
  pack: true,
  packDigest: true,
  origin: true,
  attribute: true,
  version: true,
  draftDigest: true,
  judgementDigest: true,
  affected: true,
  particulars: true,
  confirmations: true,
  takenOver: true,
  approvals: true,
  declarations: true,
  referrals: true,
  secrecyReview: true,
  documentNumber: true,
  issued: true,
  remarks: true,
  negotiating: true,
  negotiation: true,
  standingInstruction: true,
  disputes: true,
  versions: true,
  cleared: true,
  endedClearances: true,
  withdrawn: true,
  contentDestroyedAt: true,
  published: true,
  furtherPublications: true,
  askedNumber: true,
} satisfies Record<Exclude<keyof Release, 'id' | 'consultations'>, true>) as (keyof Release)[]

/** The key of a state: exact, for equal parts have equal numbers and only they. */
function keys(): (release: Release) => string {
  const numbers = new Map<string, number>()
  const known = new WeakMap<object, number>()
  const numberOf = (part: unknown): number => {
    if (typeof part === 'object' && part !== null) {
      const before = known.get(part)
      if (before !== undefined) return before
    }
    const text = part === undefined ? '' : canonical(part)
    let number = numbers.get(text)
    if (number === undefined) numbers.set(text, (number = numbers.size))
    if (typeof part === 'object' && part !== null) known.set(part, number)
    return number
  }
  return (release) => {
    let key = ''
    for (const field of FIELDS) key += numberOf(release[field]).toString(36) + ' '
    for (const id in release.consultations)
      key += numberOf(release.consultations[id]).toString(36) + ' '
    return key
  }
}
