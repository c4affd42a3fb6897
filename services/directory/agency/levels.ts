// Levels of government and the regions they lie in, by the digits of GB/T 2260. Pure.
import { LEVELS, type Level } from './agency-record.js'

export type Seat = { readonly level: Level; readonly region: string }

const DIGITS: Record<Level, number> = {
  national: 0,
  province: 2,
  prefecture: 4,
  county: 6,
  township: 6,
}

/** A level and its region, then each level above with the region that contains it. */
export function levelsFrom(level: Level, region: string): Seat[] {
  const above = LEVELS.slice(0, LEVELS.indexOf(level)).reverse()
  return [
    { level, region },
    ...above.map((one) => ({
      level: one,
      region: region.slice(0, DIGITS[one]).padEnd(6, '0'),
    })),
  ]
}

const ZH: Record<Level, string> = {
  national: '国家级',
  province: '省级',
  prefecture: '市级',
  county: '县级',
  township: '乡镇级',
}

/** A level in Chinese, as in 市级. */
export const levelZh = (level: Level): string => ZH[level]
