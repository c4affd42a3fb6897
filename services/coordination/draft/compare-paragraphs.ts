// The difference between two texts, paragraph by paragraph: a longest common subsequence over what is left
// between the beginning and the end that both share. Pure.

export type Change = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Cells of the table: beyond it the middle is shown as removed and added, which is true as well, only longer. */
const CELLS_MAX = 4_000_000

/** Every paragraph of both texts, in order of reading; what was removed comes before what took its place. */
export function compareParagraphs(older: string, newer: string): Change[] {
  const before = paragraphsOf(older)
  const after = paragraphsOf(newer)
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  const same = (text: string): Change => ({ kind: 'same', text })
  return [
    ...before.slice(0, head).map(same),
    ...between(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ]
}

/** Lines are the paragraphs of a draft; the line feed at the end opens none. */
function paragraphsOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

const removed = (text: string): Change => ({ kind: 'removed', text })
const added = (text: string): Change => ({ kind: 'added', text })

function between(before: readonly string[], after: readonly string[]): Change[] {
  const width = after.length + 1
  if ((before.length + 1) * width > CELLS_MAX) return [...before.map(removed), ...after.map(added)]
  // lengths[i * width + j]: of what before[i…] and after[j…] have in common
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
  const changes: Change[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    const [one, other] = [before[i]!, after[j]!]
    if (one === other) {
      changes.push({ kind: 'same', text: one })
      i++
      j++
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) {
      changes.push(removed(one))
      i++
    } else {
      changes.push(added(other))
      j++
    }
  }
  return [...changes, ...before.slice(i).map(removed), ...after.slice(j).map(added)]
}
