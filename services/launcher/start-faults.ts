// What the operator is told when the house cannot start for a reason that a setting mends: which
// setting, what it says now, and what is in its way. The rooms below know no settings.
import { DatabaseNotOpened } from '../../shared/database/database.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import type { HouseConfig } from './house-config.js'

type Text = { readonly zh: string; readonly en: string }

const LISTENING: Readonly<Record<string, Text>> = {
  EADDRINUSE: { zh: '该端口已被占用', en: 'the port is in use' },
  EACCES: { zh: '不允许使用该端口', en: 'this port may not be used' },
  EADDRNOTAVAIL: { zh: '该地址不属于本机', en: 'this machine has no such address' },
  ENOTFOUND: { zh: '没有这个主机名', en: 'there is no such host' },
}

/** Opens what listens; where it cannot, says at which address, by which setting, and why. */
export async function listening<T>(
  variable: 'HUIQIAN_ADDRESS' | 'HUIQIAN_METRICS',
  address: string,
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    const code = codeOf(cause)
    if (code === undefined) throw cause
    const why = LISTENING[code] ?? { zh: code, en: code }
    const off =
      variable === 'HUIQIAN_METRICS' ? { zh: '，或设为 off', en: ', or set it to off' } : null
    throw new OperatorError(
      {
        zh: `不能在 ${address} 监听：${why.zh}（${code}）。请停止占用它的程序，或把 ${variable} 改为别的地址${off?.zh ?? ''}。`,
        en: `cannot listen on ${address}: ${why.en} (${code}). Stop the program that uses it, or change ${variable} to another address${off?.en ?? ''}.`,
      },
      { cause },
    )
  }
}

/** Opens a service; where its database cannot be used, names the setting that says where it is. */
export async function withDatabase<T>(
  { databases, data }: Pick<HouseConfig, 'databases' | 'data'>,
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof DatabaseNotOpened)) throw error
    const said =
      databases.kind === 'postgres'
        ? {
            zh: 'HUIQIAN_DATABASE 指明数据库的位置。',
            en: 'HUIQIAN_DATABASE says where the database is.',
          }
        : {
            zh: `HUIQIAN_DATA 指明数据文件夹（现为 ${data}）。`,
            en: `HUIQIAN_DATA names the data folder (now ${data}).`,
          }
    throw new OperatorError(`${error.message}\n${said.zh}\n${said.en}`, { cause: error })
  }
}

/** The code of a failed listen: Node's own, or the one that the gRPC server quotes. */
function codeOf(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') return one.code
    const quoted = /\b(E[A-Z]{4,})\b/.exec(one.message)?.[1]
    if (quoted !== undefined) return quoted
  }
  return undefined
}
