// Reads a PDF of ours as a stranger would, without pdfkit: the text operators of its pages, put back
// into characters by the ToUnicode maps. Works because nothing in it is deflated.

/** The lines of text in the order of drawing; a glyph that no map knows, or glyph 0, is `�`. */
export function linesOfPdf(bytes: Uint8Array): string[] {
  const source = Buffer.from(bytes).toString('latin1')
  const object = (id: string): string =>
    new RegExp(`(?:^|\\n)${id} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(source)?.[1] ?? ''
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const [, list = ''] of source.matchAll(/\/Font <<\n([\s\S]*?)>>/g))
    for (const [, name = '', id = ''] of list.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(object(id))?.[1] ?? ''
      fonts.set(name, charactersOf(object(map)))
    }
  let font: ReadonlyMap<string, string> | undefined
  const lines: string[] = []
  for (const [, name, shown] of source.matchAll(/^\/(F\d+) [\d.]+ Tf$|^\[(.*)\] TJ$/gm)) {
    if (name !== undefined) font = fonts.get(name)
    else lines.push(shownText(shown ?? '', font))
  }
  return lines
}

function shownText(shown: string, font: ReadonlyMap<string, string> | undefined): string {
  const glyphs = [...shown.matchAll(/<([0-9a-f]+)>/g)].flatMap(
    ([, hex]) => hex?.match(/.{4}/g) ?? [],
  )
  return glyphs.map((glyph) => (glyph === '0000' ? '�' : (font?.get(glyph) ?? '�'))).join('')
}

function charactersOf(map: string): Map<string, string> {
  const characters = new Map<string, string>()
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/g))
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, codes = ''], index) => {
      const glyph = (parseInt(from, 16) + index).toString(16).padStart(4, '0')
      const utf16 = Buffer.from(codes.replaceAll(' ', ''), 'hex').swap16()
      characters.set(glyph, utf16.toString('utf16le'))
    })
  return characters
}
