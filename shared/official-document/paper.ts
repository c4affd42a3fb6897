// The page of GB/T 9704: A4, 28 characters a line, 22 lines a page. Measures in points. Pure.
const MM = 72 / 25.4

export const PAGE = { width: 210 * MM, height: 297 * MM }
/** 版心: 156 mm × 225 mm, 37 mm from the top edge, 28 mm from the left one. */
export const TYPE_AREA = { left: 28 * MM, top: 37 * MM, width: 156 * MM, height: 225 * MM }
export const LINES_A_PAGE = 22
export const CHARACTERS_A_LINE = 28
export const LINE = TYPE_AREA.height / LINES_A_PAGE

/** 三号: 28 of them are a line of 156 mm. */
export const BODY_SIZE = 15.75
export const BODY_WIDTH = CHARACTERS_A_LINE * BODY_SIZE
/** 二号 */
export const TITLE_SIZE = 22
/** 四号, of page numbers. */
export const NUMBER_SIZE = 14
/** The header's top lies 35 mm below the top of the type area. */
export const HEADER_TOP = 35 * MM
export const HEADER_SIZE_MAX = 56
export const HEADER_SIZE_MIN = 30
/** The red rule lies 4 mm below the number. */
export const RULE_BELOW = 4 * MM
export const RULE_WIDTH = 1.5
/** Page numbers stand 7 mm below the type area. */
export const NUMBER_BELOW = 7 * MM

export const RED = '#e00000'
export const BLACK = '#000000'

/** The baseline of a line of text that begins at `top`. */
export const baselineOf = (top: number, size: number): number => top + LINE / 2 + size * 0.38
