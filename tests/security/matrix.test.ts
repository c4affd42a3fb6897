// The whole matrix of authorisation against the launched house: call × state of the case × caller. Every cell is
// compared with the golden file and with the table; what is forbidden answers as what is not there, byte for byte.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Certificates } from '../../shared/rpc/peers.js'
import { roleOf } from '../../shared/authorisation/authorisation.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { openOffice, type Office } from '../office/office.js'
import { CALLS, UPLOAD, type About, type MatrixCall } from './calls.js'
import { makeCase, nothing, STATES, type Case, type State } from './cases.js'

const PATIENCE_MS = 300_000
/** A stream that waits this long without a refusal lets its caller wait: it is open to it. */
const STREAM_MS = 150

/** Everybody, by what they are to the cases. */
const AGENCIES = {
  releasing: '市水利局',
  consulted: '市卫生健康局',
  'consulted, other': '市公安局',
  'co-producing': '市生态环境局',
  'authority, coordinating': '市府办',
  'review body': '市保密局',
  stranger: '市教育局',
} as const
const OTHERS = {
  operator: { kind: 'operator', name: 'admin' },
  security: { kind: 'security', name: 'first' },
  auditor: { kind: 'auditor', name: 'auditor' },
  'service/directory': { kind: 'service', name: 'directory' },
  'service/delivery': { kind: 'service', name: 'delivery' },
  'service/coordination': { kind: 'service', name: 'coordination' },
  'service/escalation': { kind: 'service', name: 'escalation' },
} as const
const CALLERS = [...Object.keys(AGENCIES), ...Object.keys(OTHERS)]
const isAgency = (who: string): boolean => who in AGENCIES

type Cell = { readonly outcome: string; readonly bytes: string }
type Stub = Record<string, ((request: unknown, options?: object) => unknown) | undefined> & {
  close(): void
}

let office: Office
const certificates = new Map<string, Certificates>()
const stubs = new Map<string, Stub>()
const waiting = new Map<State, Case>()
let requests = 0

beforeAll(async () => {
  office = await openOffice({ today: '2026-09-07', shape: 'one process' })
  for (const [who, name] of Object.entries(AGENCIES))
    certificates.set(
      who,
      await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) }),
    )
  for (const [who, subject] of Object.entries(OTHERS))
    certificates.set(who, await office.premises.certificateOf(subject))
  await (await office.as(AGENCIES.releasing).releases()).uploadAttachment(UPLOAD)
}, PATIENCE_MS)
afterAll(async () => {
  for (const stub of stubs.values()) stub.close()
  await office[Symbol.asyncDispose]()
})

function stubOf({ at, client }: MatrixCall, who: string): Stub {
  const key = `${Object.values(client.service)[0]?.path} ${who}`
  const own = certificates.get(who)
  if (own === undefined) throw new Error(`no certificate of ${who}`)
  const stub = stubs.get(key) ?? connect(client as never, office.premises.addressOf(at), own)
  stubs.set(key, stub)
  return stub
}

/** Makes the call, and says how it was answered. */
async function asked(call: MatrixCall, who: string, one: Case): Promise<Cell> {
  const about: About = {
    ...one,
    ...{ now: office.now(), requestId: `matrix-${++requests}`, codeOf: office.codeOf },
    secrecyReview: office.as(AGENCIES.releasing).submission('').secrecyReview ?? {},
  }
  const request = Object.assign(
    call.definition.requestDeserialize(Buffer.alloc(0)),
    call.request(about),
  )
  const make = stubOf(call, who)[call.method]
  try {
    if (call.definition.requestStream) await make?.(UPLOAD)
    else if (call.definition.responseStream) {
      const stream = make?.(request, { deadlineMs: STREAM_MS }) as AsyncIterable<unknown>
      for await (const _ of stream) break
    } else await make?.(request)
    return { outcome: 'OK', bytes: '' }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    const { status, reason } = error
    if (status === 'DEADLINE_EXCEEDED' && call.definition.responseStream)
      return { outcome: 'OK', bytes: '' }
    return { outcome: `${status} ${reason}`, bytes: bytesOf(error) }
  }
}

/** What came over the wire: the status, its words and its details. */
function bytesOf(error: CallFailed): string {
  const cause = error.cause as { details?: string; metadata?: { get(key: string): unknown[] } }
  const [details] = cause.metadata?.get('grpc-status-details-bin') ?? []
  return `${error.status} ${cause.details ?? ''} ${Buffer.from((details ?? '') as Buffer).toString('hex')}`
}

/** A case in that state that nobody has touched; whoever changed the last one has used it up. */
async function caseIn(state: State): Promise<Case> {
  const one = waiting.get(state) ?? (await makeCase(office, state))
  waiting.set(state, one)
  return one
}

const READS = /^(Get|List|Watch|Explain|Compare|Download|Render|Read|Preview|Resolve|Add|Count)/
const changes = ({ name }: MatrixCall): boolean => !READS.test(name.split('/')[1] ?? '')

async function cell(call: MatrixCall, state: State | '-', who: string): Promise<Cell> {
  if (state === '-') return asked(call, who, await caseIn('consulting'))
  const answer = await asked(call, who, await caseIn(state))
  if (answer.outcome === 'OK' && changes(call)) waiting.delete(state)
  return answer
}

const ROLES: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.keys(AGENCIES).map((who) => [who, 'agency']),
  ...Object.entries(OTHERS).map(([who, subject]) => [who, roleOf(subject)]),
])

/** How the record calls a state of the cases, where it is another word. */
const RECORDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  coordination: { 'in_dispute, accepted': 'in_dispute' },
  escalation: { in_dispute: 'filed', 'in_dispute, accepted': 'accepted' },
}

/** What the table alone says of a cell; undefined: the law goes on from there. */
function tableSays(
  { at, row, namesCase }: MatrixCall,
  who: string,
  state: State | '-',
  outcome: string,
): string | undefined {
  if (!(row.callers as readonly string[]).includes(ROLES[who] ?? ''))
    return 'PERMISSION_DENIED CALL_NOT_PERMITTED'
  if (!namesCase || typeof row.on !== 'object') return undefined
  if (who === 'stranger') return 'NOT_FOUND NOT_FOUND'
  const open = Object.values(row.on).some(
    (one) =>
      'open' in one && (one.open === 'any' || one.open.includes(RECORDED[at]?.[state] ?? state)),
  )
  return open || outcome !== 'OK' ? undefined : 'no OK in a state that it closes'
}

function linesOf(
  answers: ReadonlyMap<string, ReadonlyMap<string, string[]>>,
  all: number,
): string[] {
  const alike = new Map<string, string[]>()
  for (const [who, own] of answers) {
    const line = [...own]
      .map(([outcome, states]) =>
        states.length === all ? outcome : `${outcome} (${states.join('; ')})`,
      )
      .join(' | ')
    alike.set(line, [...(alike.get(line) ?? []), who])
  }
  return [...alike].map(([line, who]) => `  ${who.join('; ')}: ${line}`)
}

describe('the matrix of authorisation', { timeout: PATIENCE_MS }, () => {
  test('is answered cell by cell as the golden file and the table say', async () => {
    const lines: string[] = []
    const wrong: string[] = []
    let cells = 0
    for (const call of CALLS) {
      const states = call.namesCase ? STATES : (['-'] as const)
      // By caller: its answers, and in which states. Callers that are answered alike share a line.
      const answers = new Map<string, Map<string, string[]>>()
      for (const state of states)
        for (const who of CALLERS) {
          const { outcome, bytes } = await cell(call, state, who)
          cells++
          const own = answers.get(who) ?? new Map<string, string[]>()
          answers.set(who, own)
          own.set(outcome, [...(own.get(outcome) ?? []), state])
          const place = `${call.name} ${state} ${who}`
          const said = tableSays(call, who, state, outcome)
          if (said !== undefined && said !== outcome)
            wrong.push(`${place}: the table says ${said}, the house ${outcome}`)
          if (state !== '-' && outcome.startsWith('NOT_FOUND') && isAgency(who)) {
            const none = await asked(call, who, nothing(await caseIn(state)))
            if (none.bytes !== bytes) wrong.push(`${place}: unlike what is not there`)
          }
        }
      lines.push(call.name, ...linesOf(answers, states.length))
    }
    console.log(`matrix: ${cells} cells of ${CALLS.length} calls`)
    expect(wrong).toEqual([])
    expect(cells).toBeGreaterThan(4_000)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.golden.txt')
  })
})
