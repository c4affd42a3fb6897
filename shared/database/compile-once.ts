// A query is built and compiled once; each use only puts its values in. Placeholders travel through
// the query builder as values, and tell by where they come out which parameter is whose.
import type { CompiledQuery, Kysely } from 'kysely'
import type { Prepared } from './database.js'

class Placeholder {
  constructor(readonly name: string) {}
}

/** Compiles a query whose placeholders are bound by name at each use; all other values stay as built. */
export function compileOnce<Schema, Params>(
  db: Kysely<Schema>,
  build: (
    db: Kysely<Schema>,
    placeholder: <K extends keyof Params & string>(name: K) => Params[K],
  ) => { compile(): CompiledQuery },
): Prepared<Params> {
  const placeholder = <K extends keyof Params & string>(name: K): Params[K] =>
    new Placeholder(name) as unknown as Params[K]
  const { sql, parameters } = build(db, placeholder).compile()
  const slots = parameters.map((parameter) =>
    parameter instanceof Placeholder ? parameter.name : undefined,
  )
  return (values) => {
    const bound = new Array<unknown>(slots.length)
    for (let index = 0; index < slots.length; index++) {
      const name = slots[index]
      if (name === undefined) {
        bound[index] = parameters[index]
        continue
      }
      const value = (values as Record<string, unknown>)[name]
      if (value === undefined)
        throw new TypeError(`value '${name}' is undefined (null is meant?) in: ${sql}`)
      bound[index] = value
    }
    return { sql, parameters: bound }
  }
}
