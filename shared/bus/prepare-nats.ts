// What a broker of this house needs in its folder: a key for each service, and a configuration that
// knows their public halves. Run again, it keeps the keys and writes the configuration anew.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { natsConfig, type NatsConfigOptions } from './nats-config.js'
import { natsKeys, type NatsKey } from './nats-keys.js'
import type { NatsUser } from './nats-subjects.js'

/** A service that uses the broker, before it has a key. */
export type NatsService = Omit<NatsUser, 'publicKey'>

export type PrepareOptions = Omit<NatsConfigOptions, 'users'> & {
  /** Where keys (`keys/<name>.nkey`) and `nats.conf` are kept. */
  readonly dir: string
  readonly services: readonly NatsService[]
}

/** Makes keys and configuration; gives the key of each service. */
export function prepareNats(options: PrepareOptions): {
  readonly keys: ReadonlyMap<string, NatsKey>
  readonly users: readonly NatsUser[]
  readonly configFile: string
} {
  const { dir, services, ...rest } = options
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const names = services.map(({ name }) => name)
  const keys = natsKeys(join(dir, 'keys'), names)
  const users = services.map((service) => ({
    ...service,
    publicKey: keys.get(service.name)!.publicKey,
  }))
  const configFile = join(dir, 'nats.conf')
  writeFileSync(configFile, natsConfig({ ...rest, users }), { mode: 0o600 })
  chmodSync(configFile, 0o600) // also where an older file lay there
  return { keys, users, configFile }
}
