// Loops and figures: so many calls with so many in flight, each call's time, medians and spreads.

export type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number }

/** Makes `total` calls with `inFlight` at a time; times in milliseconds. */
export async function load(
  total: number,
  inFlight: number,
  call: (index: number) => Promise<unknown>,
): Promise<Figures> {
  const times = new Float64Array(total)
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < total; index = next++) {
      const from = performance.now()
      await call(index)
      times[index] = performance.now() - from
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: Math.min(inFlight, total) }, worker))
  const seconds = (performance.now() - from) / 1_000
  times.sort()
  const at = (share: number): number => times[Math.min(total - 1, Math.floor(total * share))] ?? 0
  return { perSecond: total / seconds, p50: at(0.5), p99: at(0.99) }
}

export type Spread = { readonly median: number; readonly min: number; readonly max: number }

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return { median: middle, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 }
}

/** Waits until something holds, asked again every 20 ms, at most so long. */
export async function until(
  holds: () => Promise<boolean>,
  limitMs: number,
  what: string,
): Promise<void> {
  const from = performance.now()
  while (!(await holds())) {
    if (performance.now() - from > limitMs) throw new Error(`${what} not within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
