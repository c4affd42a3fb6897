// Dates as official documents print them. Pure.

/** `2026-09-08` → 2026年9月8日, without leading zeros; what is no date stays as it is. */
export function dateWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  return year === undefined ? date : `${year}年${Number(month)}月${Number(day)}日`
}
