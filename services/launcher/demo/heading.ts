// The line that a scene begins with: when, and what.

export function heading({ at }: { readonly at: string }, title: string): string[] {
  return ['', `${at.slice(0, 10)} ${at.slice(11, 19)}  ${title}`]
}
