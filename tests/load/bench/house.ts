// A house to be measured: a process of its own in a folder of its own, with the sample agencies and the
// certificates of those that take part.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importSample } from '../../../services/launcher/first-start.js'
import { sampleAgencies } from '../../../services/directory/sample/sample.js'
import { ensureAuthority, ensureCertificate } from '../../../shared/rpc/authority.js'
import type { HouseSettings } from './house-process.js'
import type { Member } from './office.js'
import { startChild } from './processes.js'

export const NOW = Date.parse('2026-09-28T10:00:00+08:00')
export const DEADLINE = Date.parse('2026-10-11T00:00:00+08:00')
export const AFFECTED = 3
export const folder = mkdtempSync(join(tmpdir(), 'huiqian-bench-'))

/** A house in a folder of its own, with the sample agencies and an office at its door. */
export async function openBenchHouse(name: string, settings: Partial<HouseSettings> = {}) {
  const data = join(folder, name)
  const house = await startChild('./house-process.ts', {
    ...{ data, now: NOW, bus: 'own', syncDelayMs: 0 },
    ...settings,
  })
  const address = await house.ask<string>('address')
  const authority = await ensureAuthority(join(data, 'certificates'), Date.now)
  const member = async (code: string): Promise<Member> => ({
    code,
    certificates: await ensureCertificate(authority, {
      file: `bench-${code}`,
      uri: `spiffe://huiqian.local/agency/${code}/bench`,
    }),
  })
  const operator = await ensureCertificate(authority, {
    file: 'bench-operator',
    uri: 'spiffe://huiqian.local/operator/bench',
  })
  const echo = await ensureCertificate(authority, {
    file: 'bench-echo',
    uri: 'spiffe://huiqian.local/service/echo',
    dns: ['localhost'],
    ips: ['127.0.0.1'],
  })
  await importSample({ address, certificates: operator })
  await house.ask('settle')
  const [releasing, ...others] = sampleAgencies()
    .filter(({ level }) => level === 3)
    .map(({ creditCode }) => creditCode)
  const affected = await Promise.all(others.slice(0, AFFECTED).map(member))
  const count = (service: string, sql: string): Promise<number> =>
    house.ask('count', { service, sql })
  return {
    data,
    house,
    address,
    echo,
    releasing: await member(releasing ?? ''),
    affected,
    member,
    count,
  }
}
export type BenchHouse = Awaited<ReturnType<typeof openBenchHouse>>

/** Events of a type that are on record. */
export const eventsOf = (
  house: BenchHouse,
  type: string,
  service = 'coordination',
): Promise<number> => house.count(service, `select count(*) from event where type = '${type}'`)
