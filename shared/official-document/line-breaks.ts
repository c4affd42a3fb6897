// Where lines of Chinese end: as many characters as fit, no closing mark at the beginning of a line,
// no opening one at its end (避头尾), words of Latin letters and numbers whole where they fit. Pure.

/** Width of a character, in the unit of the line's width. */
export type Measure = (character: string) => number

const NOT_FIRST = new Set('，。、；：？！）》」』】〕〉”’…—％·,.;:?!)]}%')
const NOT_LAST = new Set('（《「『【〔〈“‘([{')
const WORD = /[\p{Script=Latin}\p{Nd}_./:@#&+=?%~-]/u

/** A paragraph in lines of at most `width`; the first one begins after `indent`. Never empty. */
export function linesOf(text: string, width: number, measure: Measure, indent = 0): string[] {
  const lines: string[] = []
  let line: string[] = []
  let used = indent
  const end = (): void => {
    lines.push(line.join('').replace(/ +$/, ''))
    line = []
    used = 0
  }
  for (const character of text) {
    const wide = measure(character)
    if (used + wide > width && line.length > 0) {
      const carried = carriedOver(line, character, width, measure)
      line.length -= carried.length
      end()
      line = carried
      used = carried.reduce((sum, one) => sum + measure(one), 0)
      if (character === ' ' && line.length === 0) continue // a space ends with its line
    }
    line.push(character)
    used += wide
  }
  if (line.length > 0 || lines.length === 0) end()
  return lines
}

/** What of a full line goes over to the next one together with the character that found no room. */
function carriedOver(
  line: readonly string[],
  next: string,
  width: number,
  measure: Measure,
): string[] {
  let at = line.length
  const before = (): string => line[at - 1] ?? ''
  const after = (): string => line[at] ?? next
  const mayEnd = (): boolean =>
    !NOT_FIRST.has(after()) &&
    !NOT_LAST.has(before()) &&
    !(WORD.test(before()) && WORD.test(after()))
  while (at > 0 && !mayEnd()) at--
  const carried = line.slice(at)
  // Nothing else stands in the line, or the word is longer than a line: it ends where it is full.
  const wide = carried.reduce((sum, one) => sum + measure(one), 0)
  return at === 0 || wide > width / 2 ? [] : carried
}
