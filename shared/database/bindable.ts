// Values on their way into a statement, the same on both databases.

/** The parameters as both drivers take them: a flag is 0 or 1, and a forgotten value is an error. */
export function bindable(sql: string, parameters: readonly unknown[]): unknown[] {
  let converted: unknown[] | undefined
  for (let index = 0; index < parameters.length; index++) {
    const value = parameters[index]
    if (value === undefined)
      throw new TypeError(`parameter ${index + 1} is undefined (null is meant?) in: ${sql}`)
    if (typeof value === 'boolean') (converted ??= [...parameters])[index] = value ? 1 : 0
  }
  return converted ?? (parameters as unknown[])
}
