// The keys that content is sealed with: a file in the data folder, made at the first start, or the one that is
// configured. Never in a database, and never in a copy of one.
import { join } from 'node:path'
import {
  clearVault,
  mustAnswerAsKnown,
  openKeyFile,
  openVault,
  type OpenVault,
} from '../../shared/confidentiality/confidentiality.js'
import type { Instant, Mint } from '../../shared/identity/identity.js'
import type { HouseConfig } from './house-config.js'

/** The file in the data folder of a house that has no other. */
const keyFileOf = ({ data, contentKeys }: Pick<HouseConfig, 'data' | 'contentKeys'>) =>
  contentKeys ?? join(data, 'keys', 'content.json')

/** What opens the vaults of this house's services. Asks this machine's cryptography for known answers first. */
export function contentVaults(
  config: Pick<HouseConfig, 'data' | 'contentKeys' | 'cipher'>,
  mint: Mint,
  realNow: () => Instant,
): OpenVault {
  mustAnswerAsKnown()
  const { cipher = 'aes-256-gcm', contentKeys } = config
  if (cipher === 'none') return () => Promise.resolve(clearVault)
  const make = contentKeys === undefined ? { mint, now: realNow() } : undefined
  const ring = openKeyFile(keyFileOf(config), cipher, make)
  return (database) => openVault(database, ring, mint)
}
