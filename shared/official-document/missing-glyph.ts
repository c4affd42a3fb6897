// A character that no font has would be blank on paper: the document is refused instead.
import { Refusal } from '../refusal/refusal.js'

export function missingGlyph(character: string): Refusal {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return new Refusal('out-of-order', 'DOCUMENT_GLYPH_MISSING', 'house/documents', {
    character,
    code,
  })
}
