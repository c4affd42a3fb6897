// Every name that is used on the broker, in one place: the permissions are written from the same
// functions as the calls, so that neither can drift from the other.

export const STREAM = 'EVT'
export const ALL_EVENTS = 'evt.v1.>'

const TOKEN = /^[a-z0-9][a-z0-9_-]*$/

/** A part of a subject. Refuses whatever could widen it: dots, wildcards, spaces. */
function token(name: string): string {
  if (!TOKEN.test(name)) throw new Error(`'${name}' cannot be part of a subject`)
  return name
}

/** Where the frames of a source's shard are published. */
export function frameSubject(source: string, shard: string): string {
  return `evt.v1.${token(source)}.${token(shard)}`
}

/** All frames of a source. */
export function sourceSubjects(source: string): string {
  return `evt.v1.${token(source)}.>`
}

/** The consumer through which one instance of a service hears one source. */
export function consumerName(service: string, source: string, instance: string): string {
  return `${token(service)}-${token(source)}-${token(instance)}`
}

/** Where the answers to a service go; nobody else may listen there. */
export function inboxPrefix(service: string): string {
  return `_INBOX_${token(service)}`
}

/** A service as the broker knows it. */
export type NatsUser = {
  readonly name: string
  readonly publicKey: string
  /** The feed that it announces; none for one that only hears. */
  readonly source?: string
  readonly hears: readonly string[]
  /** Instances of the service that run beside each other; each has consumers of its own. */
  readonly instances?: readonly string[]
}

export const DEFAULT_INSTANCE = '0'

/** What a service may publish: its own frames, and exactly the JetStream calls that its bus makes. */
export function mayPublish(user: NatsUser): string[] {
  const own = user.source === undefined ? [] : [sourceSubjects(user.source)]
  const stream = [`$JS.API.STREAM.INFO.${STREAM}`, `$JS.API.STREAM.CREATE.${STREAM}`]
  const consumers = (user.instances ?? [DEFAULT_INSTANCE]).flatMap((instance) =>
    user.hears.flatMap((source) => {
      const name = consumerName(user.name, source, instance)
      return [
        `$JS.API.CONSUMER.CREATE.${STREAM}.${name}.${sourceSubjects(source)}`,
        `$JS.API.CONSUMER.INFO.${STREAM}.${name}`,
        `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${name}`,
        `$JS.API.CONSUMER.DELETE.${STREAM}.${name}`,
      ]
    }),
  )
  return [...own, ...stream, ...consumers]
}

/** What a service may subscribe to: its own answers. Frames come to it through its consumers. */
export function maySubscribe(user: NatsUser): string[] {
  return [`${inboxPrefix(user.name)}.>`]
}
