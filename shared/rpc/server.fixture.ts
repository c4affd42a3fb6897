// For the tests of this room: a house of certificates, and a service whose calls do what a test says.
// The messages are google.rpc's own, so that no contract is made for tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalizedMessage } from '../../gen/google/rpc/error_details.js'
import { systemClock } from '../clock/system-clock.js'
import {
  ensureAuthority,
  ensureCertificate,
  type Authority,
  type StoredCertificates,
} from './authority.js'
import { CallFailed } from './call-failed.js'
import { connect } from './client.js'
import type { Role, Row } from '../authorisation/authorisation.js'
import type { CallReport, RefusedReport } from './door.js'
import {
  clientStream,
  serverStream,
  unary,
  type StreamHandler,
  type UnaryHandler,
  type UploadHandler,
} from './rpc.js'
import { serves, type ServedService } from './served.js'
import { server, type RunningServer, type ServerOptions } from './server.js'

export const DOMAIN = 'huiqian.local'
export const HEALTH_BUREAU = '11441800MB2C12346B'

const message = {
  requestSerialize: (value: LocalizedMessage): Buffer =>
    Buffer.from(LocalizedMessage.encode(value).finish()),
  requestDeserialize: (bytes: Buffer): LocalizedMessage => LocalizedMessage.decode(bytes),
  responseSerialize: (value: LocalizedMessage): Buffer =>
    Buffer.from(LocalizedMessage.encode(value).finish()),
  responseDeserialize: (bytes: Buffer): LocalizedMessage => LocalizedMessage.decode(bytes),
}

export const EchoService = {
  say: {
    path: '/test.v1.EchoService/Say' as const,
    requestStream: false as const,
    responseStream: false as const,
    ...message,
  },
  watch: {
    path: '/test.v1.EchoService/Watch' as const,
    requestStream: false as const,
    responseStream: true as const,
    ...message,
  },
  gather: {
    path: '/test.v1.EchoService/Gather' as const,
    requestStream: true as const,
    responseStream: false as const,
    ...message,
  },
} as const

/** What `connect` wants of a generated client. */
export const EchoClient = { service: EchoService }

export type Doing = {
  say?: UnaryHandler<LocalizedMessage, LocalizedMessage>
  watch?: StreamHandler<LocalizedMessage, LocalizedMessage>
  gather?: UploadHandler<LocalizedMessage, LocalizedMessage>
  roles?: readonly Role[]
  /** Whether its calls are replies. */
  reply?: true
  /** What the row of each call asks; `anyone` where nothing is said. */
  on?: Row['on']
}

export const words = (text: string, locale = ''): LocalizedMessage => ({ locale, message: text })

export function echoService(doing: Doing): ServedService {
  const row: Row = {
    callers: doing.roles ?? ['agency', 'service/delivery'],
    on: doing.on ?? 'anyone',
    ...(doing.reply && { reply: true }),
  }
  return serves(
    EchoService,
    {
      say: unary(doing.say ?? ((request) => Promise.resolve(request))),
      watch: serverStream(
        doing.watch ??
          async function* (request) {
            yield await Promise.resolve(request)
          },
        { cursorOf: ({ locale }) => locale },
      ),
      gather: clientStream(
        doing.gather ??
          (async (requests) => {
            let all = ''
            for await (const request of requests) all += request.message
            return words(all)
          }),
      ),
    },
    { Say: row, Watch: row, Gather: row },
  )
}

export type TestHouse = {
  readonly authority: Authority
  readonly agency: StoredCertificates
  readonly service: StoredCertificates
  readonly faults: { method: string; error: unknown }[]
  readonly calls: CallReport[]
  readonly refused: RefusedReport[]
  serve(doing: Doing, options?: Partial<ServerOptions>): Promise<RunningServer>
  call(running: RunningServer, as?: StoredCertificates): ReturnType<typeof connectEcho>
  close(): Promise<void>
}

const connectEcho = (address: string, as: StoredCertificates) =>
  connect(EchoClient, address, as, { ownConnection: true })

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<CallFailed> {
  const outcome = await call.then(
    (answer) => new Error(`it was answered: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  )
  if (outcome instanceof CallFailed) return outcome
  throw outcome
}

/** Everything that a stream gives, and how it failed. */
export async function drained(
  stream: AsyncIterable<LocalizedMessage>,
): Promise<{ got: string[]; failure: CallFailed | undefined }> {
  const got: string[] = []
  try {
    for await (const { message } of stream) got.push(message)
  } catch (error) {
    if (error instanceof CallFailed) return { got, failure: error }
    throw error
  }
  return { got, failure: undefined }
}

/** Waits for something real (a socket, another process) to come true; bounded. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never came true: ${what}`)
}

/** Waits until a count has begun and then stood still for a while. */
export async function steady(count: () => number, what: string): Promise<void> {
  let [last, still] = [0, 0]
  await until(() => {
    still = count() > 0 && count() === last ? still + 1 : 0
    last = count()
    return still >= 20
  }, `${what} stands still`)
}

/** Certificates in a folder of its own, servers and clients that are closed together. */
export async function openTestHouse(): Promise<TestHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-rpc-'))
  const authority = await ensureAuthority(dir, systemClock.now)
  const service = await ensureCertificate(authority, {
    uri: `spiffe://${DOMAIN}/service/delivery`,
    dns: ['localhost'],
    ips: ['127.0.0.1'],
    file: 'service-echo',
  })
  const uri = `spiffe://${DOMAIN}/agency/${HEALTH_BUREAU}/registry`
  const agency = await ensureCertificate(authority, { uri, file: 'agency' })
  const closing: (() => Promise<void> | void)[] = []
  const house = { faults: [], calls: [], refused: [] } as Pick<
    TestHouse,
    'faults' | 'calls' | 'refused'
  >
  return {
    ...house,
    authority,
    agency,
    service,
    async serve(doing, options = {}) {
      const running = await server({
        address: '127.0.0.1:0',
        certificates: service,
        identity: { trustDomain: DOMAIN },
        clock: systemClock,
        services: [echoService(doing)],
        fault: (fault) => house.faults.push(fault),
        onCall: (report) => house.calls.push(report),
        onRefused: (report) => house.refused.push(report),
        ...options,
      })
      closing.push(() => running.stop())
      return running
    },
    call(running, as = agency) {
      const calls = connectEcho(running.address, as)
      closing.unshift(() => calls.close())
      return calls
    },
    async close() {
      for (const each of closing) await each()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
