// Regions by the codes of GB/T 2260 and ISO 3166-2. A region's calendar lies in layers: county over
// prefecture over province over the country.
import { Refusal } from '../refusal/refusal.js'

/** `CN`; a province as `CN-GX`; a prefecture or county as `CN-513400`. */
export type Region = string & { readonly form?: 'region' }

export const COUNTRY: Region = 'CN'

const PROVINCES: Readonly<Record<string, string>> = {
  ...{ 11: 'BJ', 12: 'TJ', 13: 'HE', 14: 'SX', 15: 'NM', 21: 'LN', 22: 'JL', 23: 'HL' },
  ...{ 31: 'SH', 32: 'JS', 33: 'ZJ', 34: 'AH', 35: 'FJ', 36: 'JX', 37: 'SD', 41: 'HA' },
  ...{ 42: 'HB', 43: 'HN', 44: 'GD', 45: 'GX', 46: 'HI', 50: 'CQ', 51: 'SC', 52: 'GZ' },
  ...{ 53: 'YN', 54: 'XZ', 61: 'SN', 62: 'GS', 63: 'QH', 64: 'NX', 65: 'XJ' },
  ...{ 71: 'TW', 81: 'HK', 82: 'MO' },
}
const LETTERS: ReadonlySet<string> = new Set(Object.values(PROVINCES))

/** The one form of a region's code: `441826` and `CN-441826` are `CN-441826`, `450000` is `CN-GX`, `000000` is `CN`. */
export function regionOf(code: string, field = 'region'): Region {
  const region = regionIfKnown(code)
  if (region === undefined)
    throw new Refusal('malformed', 'REGION_UNKNOWN', 'house/calendar', { field, value: code })
  return region
}

/** Whether a code names a region whose calendar can be asked for. */
export const isRegion = (code: string): boolean => regionIfKnown(code) !== undefined

function regionIfKnown(code: string): Region | undefined {
  if (code === COUNTRY || code === '') return COUNTRY
  const part = code.startsWith('CN-') ? code.slice(3) : code
  if (part === '000000') return COUNTRY // how GB/T 2260 writes the country
  if (LETTERS.has(part)) return `CN-${part}`
  const province = /^\d{6}$/.test(part) ? PROVINCES[part.slice(0, 2)] : undefined
  if (province === undefined) return undefined
  return part.endsWith('0000') ? `CN-${province}` : `CN-${part}`
}

/** The layers that may speak about a region's days, the nearest first. */
export function layersOf(region: Region): Region[] {
  const part = regionOf(region).slice(3)
  if (part === '') return [COUNTRY]
  if (LETTERS.has(part)) return [`CN-${part}`, COUNTRY]
  const above = [regionOf(`${part.slice(0, 2)}0000`), COUNTRY]
  const prefecture = `CN-${part.slice(0, 4)}00`
  return part.endsWith('00') ? [prefecture, ...above] : [`CN-${part}`, prefecture, ...above]
}
