// Whom the client calls, and as whom: certificates by name from a folder, or by their files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { connect } from '../../shared/rpc/client.js'
import type { Certificates, Channel } from '../../shared/rpc/peers.js'
import { NotUnderstood, type Asked } from './command.js'
import type { Outside } from './desk.js'
import { namedAgency } from './named-agency.js'

export const DEFAULT_ADDRESS = '127.0.0.1:7443'
const OPERATOR = 'operator-admin'

export type Target = Channel & { readonly serverName: string | undefined }

/** The address and the certificate that the options (or the environment) name. */
export async function channelOf(
  { env, folder }: Pick<Outside, 'env' | 'folder'>,
  asked: Asked,
): Promise<Target> {
  const address = asked.maybe('address') ?? env['HUIQIAN_ADDRESS'] ?? DEFAULT_ADDRESS
  const serverName = asked.maybe('server-name')
  const given = ['ca', 'cert', 'key'].map((name) => asked.maybe(name))
  if (given.some((file) => file !== undefined)) {
    const [ca, cert, key] = given.map((file) => file && resolve(folder, file))
    if (!ca || !cert || !key)
      throw new NotUnderstood({
        zh: '--ca、--cert、--key 应一并给出',
        en: '--ca, --cert and --key go together',
      })
    return { address, serverName, certificates: { ca: read(ca), cert: read(cert), key: read(key) } }
  }
  const room = certificatesIn(env, folder, asked)
  const who = asked.maybe('as')
  if (who === undefined) throw nobodyNamed(room)
  const file = fileOf(room, who) ?? (await fileOfName(room, who, address, serverName))
  return { address, serverName, certificates: certificatesOf(room, file) }
}

/** The folder that holds the certificates. */
function certificatesIn(env: Outside['env'], folder: string, asked: Asked): string {
  const given = asked.maybe('certificates')
  if (given !== undefined) return resolve(folder, given)
  const data = asked.maybe('data')
  if (data !== undefined) return join(resolve(folder, data), 'certificates')
  const configured = env['HUIQIAN_CERTIFICATES'] ?? 'development'
  if (configured !== 'development') return resolve(configured)
  return join(resolve(env['HUIQIAN_DATA'] ?? 'data'), 'certificates')
}

/** The files' name for whoever is meant: as it stands, an agency's code, an operator's or auditor's name. */
function fileOf(room: string, who: string): string | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(who)) return undefined
  const candidates = [who, `agency-${who}`, `operator-${who}`, `auditor-${who}`]
  const found = candidates.find((file) => existsSync(join(room, `${file}.crt.pem`)))
  if (found !== undefined) return found
  throw unknownName(room, who)
}

/** An agency's name: the directory knows its code. It is asked as the operator of the same folder. */
async function fileOfName(
  room: string,
  who: string,
  address: string,
  serverName: string | undefined,
): Promise<string> {
  if (!existsSync(join(room, `${OPERATOR}.crt.pem`))) throw unknownName(room, who)
  const options = serverName === undefined ? {} : { serverName }
  const operator = certificatesOf(room, OPERATOR)
  const directory = connect(DirectoryServiceClient, address, operator, options)
  try {
    const { creditCode } = await namedAgency(directory, who)
    const file = fileOf(room, creditCode)
    if (file === undefined) throw unknownName(room, who) // never as somebody else
    return file
  } finally {
    directory.close()
  }
}

const certificatesOf = (room: string, file: string): Certificates => ({
  ca: read(join(room, 'authority', 'ca.crt.pem')),
  cert: read(join(room, `${file}.crt.pem`)),
  key: read(join(room, `${file}.key.pem`)),
})

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new NotUnderstood({ zh: `不能读取 ${file}：${why}`, en: `cannot read ${file}: ${why}` })
  }
}

function nobodyNamed(room: string): NotUnderstood {
  const names = namesIn(room)
  return names === undefined
    ? noneIn(room)
    : new NotUnderstood({
        zh: `以谁的身份？用 --as <名称>（${names}）或 --ca --cert --key`,
        en: `As whom? Use --as <name> (${names}) or --ca --cert --key`,
      })
}

function unknownName(room: string, who: string): NotUnderstood {
  const names = namesIn(room)
  return names === undefined
    ? noneIn(room, who)
    : new NotUnderstood({
        zh: `没有 ${who} 的证书。${room} 中有：${names}`,
        en: `there is no certificate of ${who}. ${room} has: ${names}`,
      })
}

const noneIn = (room: string, who?: string): NotUnderstood =>
  new NotUnderstood({
    zh: `${who === undefined ? '以谁的身份？' : `没有 ${who} 的证书。`}${room} 中没有证书。npm start 是否在运行（首次启动时生成证书）？或用 --certificates 指明文件夹，或用 --ca --cert --key`,
    en: `${who === undefined ? 'As whom?' : `there is no certificate of ${who}.`} There are no certificates in ${room}. Does \`npm start\` run (its first start makes them)? Or name the folder with --certificates, or use --ca --cert --key`,
  })

const SHOWN_MAX = 8

/** Some of the names that a folder has certificates of; undefined: none. */
function namesIn(room: string): string | undefined {
  const names = existsSync(room)
    ? readdirSync(room)
        .filter((file) => file.endsWith('.crt.pem') && !/^serv(er\.|ice-)/.test(file))
        .map((file) => file.slice(0, -'.crt.pem'.length).replace(/^[a-z]+-/, ''))
        .sort()
        .reverse() // people first, credit codes after them
    : []
  const shown = names.slice(0, SHOWN_MAX).join(', ')
  return names.length > SHOWN_MAX ? `${shown} …` : shown || undefined
}
