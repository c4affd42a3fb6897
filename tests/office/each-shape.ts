// Journeys in both shapes of the house. Where the servers of a shape are not installed its half is
// skipped and counted; with CI=true that is a failure.
import { describe } from 'vitest'
import { isHere, SHAPES, type Shape } from './premises.js'

/** Real servers on a busy machine take their time; a journey that hangs still ends. */
export const PATIENCE_MS = 180_000

export async function inEachShape(title: string, body: (shape: Shape) => void): Promise<void> {
  for (const shape of SHAPES) {
    const here = await isHere(shape)
    const timeout = { timeout: PATIENCE_MS }
    describe.skipIf(!here)(`${title}, in the shape of ${shape}`, timeout, () => body(shape))
  }
}
