// From waiting changes to one batch: every decision is taken here, in order, each on the state that
// the ones before it would leave. Nothing is written yet; nothing here waits.
import type { Statement } from '../database/database.js'
import { Refusal } from '../refusal/refusal.js'
import { canonical } from './canonical.js'
import type { Along, ChangeOptions, Part, RequestKey, Several } from './dossier.js'
import { ANNOUNCEMENT_BYTES_MAX, committed, SALT_BYTES } from './sealing.js'
import { nameOf, type Held, type Kind, type Stream } from './states.js'
import type { Statements } from './statements.js'

/** A change that waits. */
export type Entry = {
  readonly streams: readonly Stream[]
  /** The stream whose state is the answer; none for a change of several. */
  readonly subject?: Stream
  readonly options: ChangeOptions
  readonly decide: (several: Several) => {
    parts: readonly Part[]
    statements?: Along
  }
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  tries: number
  /** It was in a batch that failed as a whole: tried by itself. */
  alone: boolean
}

/** `stream` is the one whose state it is; of a change of several, the first one named. */
export type Answer = { readonly stream: string; readonly replayed: boolean } & Held

/** An event that lacks only its place in the feed: the values of its row (`EVENT_COLUMNS`), of which the first two are open. */
export type Draft = { readonly announcement: Uint8Array; readonly values: unknown[] }

export type Outcome = {
  readonly entry: Entry
  /** Outcomes of this batch that this one was decided upon: it stands and falls with them. */
  readonly upon: readonly Outcome[]
  readonly drafts: readonly Draft[]
  readonly statements: readonly Statement[]
  /** The version of each stream that it was decided upon, and the states of those that grow. */
  readonly bases: ReadonlyMap<string, number>
  readonly afters: ReadonlyMap<string, Held>
  readonly verdict:
    | { readonly is: 'answer'; readonly answer: Answer }
    | { readonly is: 'refused'; readonly error: unknown }
    | {
        readonly is: 'replay'
        readonly stream: string
        readonly version: number
        readonly state?: Answer
      }
}

/** What the record says of a request id that was used before. */
export type EarlierRequest = {
  readonly fingerprint: string
  readonly stream: string
  readonly version: number
  readonly outcome?: Outcome
}

export type Forming = {
  readonly kinds: ReadonlyMap<string, Kind>
  readonly statements: Statements
  readonly salt: (length: number) => Uint8Array
}

export const requestName = ({ caller, requestId }: RequestKey): string => `${caller}\n${requestId}`

type Working = { held: Held; by?: Outcome }

/** One batch in the making. `held` has the states of all streams, `requests` the earlier requests found. */
export function formingOf(
  { kinds, statements, salt }: Forming,
  working: Map<string, Working>,
  requests: Map<string, EarlierRequest>,
) {
  return function form(entry: Entry): Outcome {
    const upon = new Set<Outcome>()
    for (const { name } of entry.streams) {
      const by = working.get(name)?.by
      if (by !== undefined) upon.add(by)
    }
    const { request } = entry.options
    const earlier = request && requests.get(requestName(request))
    if (request && earlier) {
      if (earlier.outcome) upon.add(earlier.outcome)
      return repetition(entry, [...upon], request, earlier)
    }
    try {
      return decided(entry, [...upon])
    } catch (error) {
      return { ...nothing(entry, [...upon]), verdict: { is: 'refused', error } }
    }
  }

  function decided(entry: Entry, upon: readonly Outcome[]): Outcome {
    const afters = new Map<string, Held>()
    const current = (name: string): Held => {
      const held = afters.get(name) ?? working.get(name)?.held
      if (held === undefined) throw new Error(`${name} is not among the streams to be loaded`)
      return held
    }
    const several: Several = {
      state: (kind, id) => current(nameOf(kind.name, id)) as never,
    }
    const { parts, statements: more } = entry.decide(several)
    const drafts: Draft[] = []
    const list: Statement[] = []
    for (const part of parts) {
      const kind = kinds.get(part.kind)
      if (kind === undefined) throw new Error(`no kind of dossier is named ${part.kind}`)
      const name = nameOf(part.kind, part.id)
      const before = current(name)
      if (part.events.length > 0) {
        const after = evolved(kind, part, name, before, entry.options.now, drafts)
        afters.set(name, after)
        const posts = kind.fingerPosts?.(part.id, before.state, after.state, part.events)
        if (posts) for (const post of posts) list.push(post)
        const every = kind.snapshotEvery
        if (every && Math.floor(after.version / every) > Math.floor(before.version / every))
          list.push(snapshot(name, after))
      }
      if (part.statements) pushAll(list, part.statements)
    }
    if (more) pushAll(list, more)
    const first = parts[0] && nameOf(parts[0].kind, parts[0].id)
    return kept(entry, upon, drafts, list, afters, first)
  }

  function kept(
    entry: Entry,
    upon: readonly Outcome[],
    drafts: readonly Draft[],
    list: Statement[],
    afters: ReadonlyMap<string, Held>,
    firstPart: string | undefined,
  ): Outcome {
    const { request } = entry.options
    const stream = entry.subject?.name ?? firstPart ?? ''
    const end = afters.get(stream) ?? working.get(stream)?.held
    const version = end?.version ?? 0
    if (request) {
      const { caller, requestId: request_id, fingerprint } = request
      const row = { caller, request_id, fingerprint, stream, version }
      list.push({ ...statements.keepRequest(row), mustChange: true })
    }
    const bases = new Map<string, number>()
    for (const { name } of entry.streams) bases.set(name, working.get(name)!.held.version)
    const outcome: Outcome = {
      ...{ entry, upon, drafts, statements: list, bases, afters },
      verdict: { is: 'answer', answer: { stream, state: end?.state, version, replayed: false } },
    }
    for (const [name, held] of afters) working.set(name, { held, by: outcome })
    if (request) {
      const { fingerprint } = request
      requests.set(requestName(request), { fingerprint, stream, version, outcome })
    }
    return outcome
  }

  function evolved(
    kind: Kind,
    part: Part,
    stream: string,
    before: Held,
    recordedAt: number,
    drafts: Draft[],
  ): Held {
    let { state, version } = before
    const salts = salt(SALT_BYTES * part.events.length)
    let at = 0
    for (const event of part.events) {
      version++
      const salted = salts.subarray(at, (at += SALT_BYTES))
      const { body, commitment } = committed(event, salted)
      const meta = { version, recordedAt, commitment }
      const { kind: told, bytes } = kind.announce(part.id, event, meta)
      if (bytes.length > ANNOUNCEMENT_BYTES_MAX)
        throw new RangeError(`${told} is announced in ${bytes.length} bytes: too long`)
      const row = [stream, version, event.type, body, salted, commitment, told, bytes, recordedAt]
      drafts.push({ announcement: bytes, values: [0, null, ...row] })
      state = kind.evolve(state, event, recordedAt)
    }
    return { state, version }
  }

  function snapshot(stream: string, { state, version }: Held): Statement {
    return statements.keepSnapshot({ stream, version, body: Buffer.from(canonical(state)) })
  }
}

function pushAll(list: Statement[], along: Along): void {
  for (const one of along)
    if ('sql' in one) list.push(one)
    else list.push(...one)
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>()

const nothing = (entry: Entry, upon: readonly Outcome[]) =>
  ({ entry, upon, drafts: [], statements: [], bases: NONE, afters: NONE }) as const

function repetition(
  entry: Entry,
  upon: readonly Outcome[],
  request: RequestKey,
  { fingerprint, stream, version, outcome }: EarlierRequest,
): Outcome {
  const sameKind = !entry.subject || stream.startsWith(nameOf(entry.subject.kind.name, ''))
  if (fingerprint !== request.fingerprint || !sameKind) {
    const params = { field: 'request_id', requestId: request.requestId }
    const error = new Refusal('out-of-order', 'REQUEST_ID_REUSED', 'house/idempotency', params)
    return { ...nothing(entry, upon), verdict: { is: 'refused', error } }
  }
  const state = outcome?.verdict.is === 'answer' ? outcome.verdict.answer : undefined
  return { ...nothing(entry, upon), verdict: { is: 'replay', stream, version, state } }
}
