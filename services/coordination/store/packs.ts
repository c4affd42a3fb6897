// The policy packs that the service knows: from its own folder and from configured files. A pack that
// was ever used is kept word for word; the same name with other words is refused at the start.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database, Statement } from '../../../shared/database/database.js'
import { canonical } from '../../../shared/dossier/canonical.js'
import { OperatorError } from '../../../shared/process/operator-error.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Schema } from './schema.js'
import { inForce, packName, type Pack } from '../pack/pack.js'
import { readPack } from '../pack/read-pack.js'

export type StoredPack = {
  readonly pack: Pack
  readonly digest: string
  /** It comes with the software; others are followed once two operators have adopted them. */
  readonly own: boolean
}

export type Packs = {
  /** The pack of a case, by the name on record. */
  byName(name: string): Pack
  /** The pack of that name (`<id>`: its newest version; `<id>@<version>`; empty: the default), in force on a date, adopted or not. */
  choose(asked: string, date: string): StoredPack
  /** The same among those that a submission may follow: the software's own, and those of which `adopted` says so. */
  chooseToFollow(asked: string, date: string, adopted: (digest: string) => boolean): StoredPack
  list(): readonly StoredPack[]
  readonly defaultName: string
}

/** Opens the packs: those of the house, those of the configured files, and those on record. */
export async function openPacks(
  database: Database<Schema>,
  config: { readonly files: readonly string[]; readonly defaultPack: string },
): Promise<Packs> {
  const known = new Map<string, StoredPack>()
  for (const { body, digest, name } of await database.read.selectFrom('pack').selectAll().execute())
    known.set(name, { pack: JSON.parse(body) as Pack, digest, own: false })
  const statements: Statement[] = []
  const put = database.compileOnce<Schema['pack']>((db, $) =>
    db
      .insertInto('pack')
      .values({ name: $('name'), digest: $('digest'), body: $('body') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const own = packFiles()
  for (const file of [...own, ...config.files]) {
    const { pack, digest, body } = packOfFile(file)
    const name = packName(pack)
    const before = known.get(name)
    if (before !== undefined && before.digest !== digest)
      throw new OperatorError({
        zh: `规则包 ${name}（${file}）与已记录的不同。用过的规则包一字不改：请给它新的版本号。`,
        en: `policy pack ${name} of ${file} differs from the one on record. A pack that was used never changes: give it a new version.`,
      })
    known.set(name, { pack, digest, own: own.includes(file) || before?.own === true })
    statements.push(put({ name, digest, body }))
  }
  await database.write((transaction) => transaction.run(statements))
  const defaultPack = find(known, config.defaultPack, undefined)
  if (defaultPack === undefined)
    throw new OperatorError({
      zh: `HUIQIAN_DEFAULT_PACK：没有名为 ${config.defaultPack} 的规则包。现有：${[...known.keys()].join('、')}；其他的用 HUIQIAN_PACKS 给出文件。`,
      en: `HUIQIAN_DEFAULT_PACK: there is no policy pack ${config.defaultPack}. Known are ${[...known.keys()].join(', ')}; name the files of others in HUIQIAN_PACKS.`,
    })
  const choose = (asked: string, date: string): StoredPack => {
    const name = asked === '' ? config.defaultPack : asked
    const found = find(known, name, date)
    if (found !== undefined) return found
    throw new Refusal('malformed', 'PACK_UNKNOWN', 'house/packs', {
      field: 'policy_pack',
      pack: name.slice(0, 64),
      date,
    })
  }
  return {
    defaultName: packName(defaultPack.pack),
    byName(name) {
      const found = known.get(name)
      if (found === undefined) throw new Error(`policy pack ${name} is on record and not known`)
      return found.pack
    },
    choose,
    chooseToFollow(asked, date, adopted) {
      const isFollowed = ({ own, digest }: StoredPack): boolean => own || adopted(digest)
      const followed = [...known].filter(([, stored]) => isFollowed(stored))
      const name = asked === '' ? config.defaultPack : asked
      const found = find(new Map(followed), name, date)
      if (found !== undefined) return found
      throw new Refusal('out-of-order', 'PACK_NOT_ADOPTED', 'house/packs', {
        field: 'policy_pack',
        pack: packName(choose(asked, date).pack),
      })
    },
    list: () =>
      [...known.values()].sort((one, other) =>
        packName(one.pack) < packName(other.pack) ? -1 : 1,
      ),
  }
}

/** The pack named, or the newest version of an id that is in force on the date. */
function find(
  known: ReadonlyMap<string, StoredPack>,
  name: string,
  date: string | undefined,
): StoredPack | undefined {
  const fits = ({ pack }: StoredPack): boolean => date === undefined || inForce(pack, date)
  const exact = known.get(name)
  if (exact !== undefined) return fits(exact) ? exact : undefined
  return [...known.values()]
    .filter((stored) => stored.pack.id === name && fits(stored))
    .sort((one, other) => other.pack.version - one.pack.version)[0]
}

function packFiles(): string[] {
  const folder = fileURLToPath(new URL('../pack/packs/', import.meta.url))
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name))
}

function packOfFile(file: string): Omit<StoredPack, 'own'> & { readonly body: string } {
  const data = jsonOf(file)
  const read = readPack(data)
  if ('faults' in read)
    throw new OperatorError(
      [
        `规则包 ${file} 不能使用。请改正下列各处，或从 HUIQIAN_PACKS 中去掉它。`,
        `the policy pack ${file} cannot be used. Mend what follows, or take it out of HUIQIAN_PACKS.`,
        ...read.faults.map((fault) => `  ${fault}`),
      ].join('\n'),
    )
  const body = canonical(data)
  return { pack: read.pack, digest: createHash('sha256').update(body).digest('hex'), body }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    // Of the system's words and the parser's only the code: the parser's quote the file.
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'JSON'
    throw new OperatorError(
      {
        zh: `HUIQIAN_PACKS：规则包文件 ${file} 不能读取（${code}）。请核对路径、权限，以及它是否为 JSON。`,
        en: `HUIQIAN_PACKS: the policy pack file ${file} cannot be read (${code}). Check its path, its mode, and that it is JSON.`,
      },
      { cause },
    )
  }
}
