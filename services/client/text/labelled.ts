// A label and what stands behind it, as each language writes it.
import type { Language } from '../command.js'

export type Labelled = (label: readonly [zh: string, en: string], text: string) => string

/** `状态：已受理`, `State: accepted`. */
export const labelled =
  (language: Language): Labelled =>
  (label, text) =>
    language === 'zh' ? `${label[0]}：${text}` : `${label[1]}: ${text}`
