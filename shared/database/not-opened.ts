// What the operator is told when a database cannot be opened: which one, and what it said. The url is
// never shown whole, for it may hold a password.
import { OperatorError } from '../process/operator-error.js'
import type { DatabaseConfig } from './database.js'
import { DatabaseFault } from './fault.js'

/** The database cannot be opened; who knows the settings may say which one to change. */
export class DatabaseNotOpened extends OperatorError {
  override name = 'DatabaseNotOpened'
}

/** The error for the operator; one that speaks to the operator already is left as it is. */
export function notOpened(config: DatabaseConfig, error: unknown): OperatorError {
  if (error instanceof OperatorError) return error
  const why = saidBy(error instanceof DatabaseFault ? error.cause : error)
  const place = placeOf(config)
  return config.kind === 'sqlite'
    ? new DatabaseNotOpened(
        {
          zh: `不能打开数据库文件 ${place}：${why}。请核对数据文件夹、权限与磁盘。`,
          en: `cannot open the database file ${place}: ${why}. Check the data folder, its mode and the disk.`,
        },
        { cause: error },
      )
    : new DatabaseNotOpened(
        {
          zh: `不能打开 PostgreSQL 数据库 ${place}：${why}。请核对服务器是否在运行，以及地址、用户与权限。`,
          en: `cannot open the PostgreSQL database ${place}: ${why}. Check that the server runs, its address, the user and what it may do.`,
        },
        { cause: error },
      )
}

/** Whether the database's user may not do what bringing the schema up to date needs. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof DatabaseFault && codeOf(error.cause) === '42501'

/** Host, port and name of the database; user and password stay out. */
function placeOf(config: DatabaseConfig): string {
  if (config.kind === 'sqlite') return config.file
  try {
    const { host, pathname } = new URL(config.url)
    return `${host}${pathname}`
  } catch {
    return '(url)'
  }
}

// A host with several addresses fails with an error for each, and no words of its own.
function saidBy(error: unknown): string {
  const one: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error
  if (!(one instanceof Error)) return String(one)
  return one.message.split('\n')[0] || (codeOf(one) ?? one.name)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
