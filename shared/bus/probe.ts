// Proves at start-up that the broker keeps strangers out and each service in its place. A broker is not
// trusted to be configured as meant: it is tried, as a stranger would, and must refuse.
import type { Authenticator, NatsConnection } from 'nats'
import { Events, NatsError, connect, nkeyAuthenticator } from 'nats'
import { newNatsKey } from './nats-keys.js'
import { STREAM, frameSubject, inboxPrefix } from './nats-subjects.js'

const TIMEOUT_MS = 5_000
const UNREADABLE = 'a probe, not a request' // no JetStream call understands it: where it is let in, it does nothing

export type ProbeOptions = {
  readonly servers: readonly string[]
  /** A service of this house, whose key is tried beyond its rights. */
  readonly name: string
  readonly nkeySeed: string
  /** A source that is not this service's, and that it does not hear. */
  readonly foreignSource: string
}

export type Finding = { readonly attempt: string; readonly refused: boolean }

/** Tries everything that must be refused. Throws where the broker cannot be reached: that proves nothing. */
export async function probeBroker(options: ProbeOptions): Promise<Finding[]> {
  const own = await connect(connection(options, keyed(options.nkeySeed)))
  try {
    return [
      { attempt: 'connect without a key', refused: await isTurnedAway(options, undefined) },
      {
        attempt: 'connect with an unknown key',
        refused: await isTurnedAway(options, keyed(newNatsKey().seed)),
      },
      ...(await tryPublishing(own, forbiddenToPublish(options))),
      ...(await trySubscribing(own, forbiddenToHear(options))),
    ]
  } finally {
    await own.close()
  }
}

/** Throws unless every attempt was refused. */
export async function mustBeClosed(options: ProbeOptions): Promise<void> {
  const open = (await probeBroker(options)).filter(({ refused }) => !refused)
  if (open.length > 0)
    throw new Error(`the broker lets in: ${open.map(({ attempt }) => attempt).join('; ')}`)
}

function forbiddenToPublish({ name, foreignSource }: ProbeOptions): string[] {
  const foreign = `${foreignSource}-${foreignSource}-0`
  return [
    frameSubject(foreignSource, 'probe'),
    `${inboxPrefix(foreignSource)}.probe`,
    '$JS.API.INFO',
    '$JS.API.STREAM.NAMES',
    `$JS.API.STREAM.DELETE.${STREAM}`,
    `$JS.API.STREAM.PURGE.${STREAM}`,
    `$JS.API.STREAM.UPDATE.${STREAM}`,
    `$JS.API.STREAM.MSG.GET.${STREAM}`,
    `$JS.API.STREAM.MSG.DELETE.${STREAM}`,
    `$JS.API.STREAM.CREATE.${name}-probe`,
    `$JS.API.CONSUMER.CREATE.${STREAM}`,
    `$JS.API.CONSUMER.CREATE.${STREAM}.${foreign}`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${STREAM}.${foreign}`,
    `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${foreign}`,
    `$JS.API.CONSUMER.DELETE.${STREAM}.${foreign}`,
  ]
}

function forbiddenToHear({ foreignSource }: ProbeOptions): string[] {
  return ['>', 'evt.v1.>', `${inboxPrefix(foreignSource)}.>`, '$JS.>', '$SYS.>']
}

async function tryPublishing(nc: NatsConnection, subjects: string[]): Promise<Finding[]> {
  const refused = await violationsWhile(nc, () => {
    for (const subject of subjects) nc.publish(subject, new TextEncoder().encode(UNREADABLE))
  })
  return subjects.map((subject) => ({
    attempt: `publish to ${subject}`,
    refused: refused.has(`publish ${subject}`),
  }))
}

async function trySubscribing(nc: NatsConnection, subjects: string[]): Promise<Finding[]> {
  const refused = await violationsWhile(nc, () => {
    for (const subject of subjects) nc.subscribe(subject, { callback: () => undefined })
  })
  return subjects.map((subject) => ({
    attempt: `subscribe to ${subject}`,
    refused: refused.has(`subscription ${subject}`),
  }))
}

/** The permission violations that the broker reports about what `act` sends. */
async function violationsWhile(nc: NatsConnection, act: () => void): Promise<Set<string>> {
  const seen = new Set<string>()
  const status = nc.status() as ReturnType<NatsConnection['status']> & { stop(): void }
  const watching = (async () => {
    for await (const { type, permissionContext } of status)
      if (type === Events.Error && permissionContext !== undefined)
        seen.add(`${permissionContext.operation} ${permissionContext.subject}`)
  })()
  act()
  await nc.flush() // the broker answers in order: what it refuses, it has said by now
  await new Promise((resolve) => setImmediate(resolve)) // and the loop above has seen it
  status.stop()
  await watching
  return seen
}

async function isTurnedAway(
  options: ProbeOptions,
  authenticator: Authenticator | undefined,
): Promise<boolean> {
  try {
    const nc = await connect(connection(options, authenticator))
    await nc.close()
    return false
  } catch (error) {
    if (error instanceof NatsError && error.code === 'AUTHORIZATION_VIOLATION') return true
    throw error
  }
}

function connection(
  { servers, name }: ProbeOptions,
  authenticator: Authenticator | undefined,
): Parameters<typeof connect>[0] {
  return {
    servers: [...servers],
    name: `${name}-probe`,
    inboxPrefix: inboxPrefix(name),
    reconnect: false,
    timeout: TIMEOUT_MS,
    ...(authenticator !== undefined && { authenticator }),
  }
}

function keyed(seed: string): Authenticator {
  return nkeyAuthenticator(new TextEncoder().encode(seed))
}
