// The broker's configuration: one account, one NKey user a service, exact subjects, nothing else.
// No `authorization` block beside accounts, no no_auth_user, no monitoring port, no cluster, MQTT,
// websocket or leaf nodes: each of them has been a way in.
import type { NatsUser } from './nats-subjects.js'
import { mayPublish, maySubscribe } from './nats-subjects.js'

const MEBIBYTE = 1_048_576

export type NatsLimits = {
  readonly memoryBytes: number
  readonly fileBytes: number
  readonly consumersMax: number
  readonly payloadBytes: number
}

export const natsLimits: NatsLimits = {
  memoryBytes: 64 * MEBIBYTE, // consumers only: frames are kept in files
  fileBytes: 512 * MEBIBYTE,
  consumersMax: 1_000,
  payloadBytes: 131_072, // a frame and its headers, twice over
}

export type NatsConfigOptions = {
  /** -1 lets the server take a free port and write it into `portsDir`. */
  readonly port: number
  readonly host?: string
  readonly users: readonly NatsUser[]
  readonly storeDir: string
  readonly limits?: NatsLimits
  readonly logFile?: string
  readonly pidFile?: string
  readonly portsDir?: string
}

/** The text of a nats-server configuration file. */
export function natsConfig(options: NatsConfigOptions): string {
  const limits = options.limits ?? natsLimits
  const names = new Set(options.users.map(({ name }) => name))
  if (names.size !== options.users.length) throw new Error('two users of the same name')
  const perhaps = (key: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`]
  return [
    `listen: ${JSON.stringify(`${options.host ?? '127.0.0.1'}:${options.port}`)}`,
    'server_name: "huiqian"',
    `max_payload: ${limits.payloadBytes}`,
    'write_deadline: "5s"',
    ...perhaps('log_file', options.logFile),
    ...(options.logFile === undefined ? [] : [`logfile_size_limit: ${8 * MEBIBYTE}`]),
    ...perhaps('pid_file', options.pidFile),
    ...perhaps('ports_file_dir', options.portsDir),
    'jetstream {',
    `  store_dir: ${JSON.stringify(options.storeDir)}`,
    `  max_memory_store: ${limits.memoryBytes}`,
    `  max_file_store: ${limits.fileBytes}`,
    '}',
    'accounts {',
    '  HUIQIAN {',
    `    jetstream { max_mem: ${limits.memoryBytes}, max_file: ${limits.fileBytes}, max_streams: 1, max_consumers: ${limits.consumersMax} }`,
    '    users: [',
    ...options.users.flatMap(userLines),
    '    ]',
    '  }',
    '}',
    '',
  ].join('\n')
}

function userLines(user: NatsUser): string[] {
  const list = (subjects: readonly string[]): string =>
    subjects.map((subject) => JSON.stringify(subject)).join(', ')
  return [
    `      { # ${user.name}`,
    `        nkey: ${user.publicKey}`,
    '        permissions {',
    `          publish { allow: [${list(mayPublish(user))}] }`,
    `          subscribe { allow: [${list(maySubscribe(user))}] }`,
    '        }',
    '      }',
  ]
}
