// Certificates as files, for clients in another process.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Certificates } from '../../shared/rpc/peers.js'

export type CertificateFiles = Disposable & { readonly arguments: readonly string[] }

/** `--ca … --cert … --key …` for as long as they are wanted. */
export function certificateFiles(certificates: Certificates): CertificateFiles {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-certificates-'))
  const names = ['ca', 'cert', 'key'] as const
  for (const name of names)
    writeFileSync(join(folder, `${name}.pem`), certificates[name], { mode: 0o600 })
  return {
    arguments: names.flatMap((name) => [`--${name}`, join(folder, `${name}.pem`)]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
