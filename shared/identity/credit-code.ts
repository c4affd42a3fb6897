// The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check
// character over the first 17. Pure.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY' // 31 characters: I, O, S, V and Z are not used
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The check character of the first 17 characters; undefined where one is outside the alphabet. */
export function checkCharacterOf(first17: string): string | undefined {
  if (first17.length !== 17) return undefined
  let sum = 0
  for (let index = 0; index < 17; index++) {
    const value = ALPHABET.indexOf(first17.charAt(index))
    if (value < 0) return undefined
    sum += value * (WEIGHTS[index] ?? 0)
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** What is wrong with a credit code, in Chinese; the English words are the faults' own. */
export const CREDIT_CODE_FAULTS = { length: '长度', alphabet: '字符', check: '校验码' } as const

/** What is wrong with a credit code, or undefined where its form and its check character are right. */
export function faultOfCreditCode(code: string): keyof typeof CREDIT_CODE_FAULTS | undefined {
  if (code.length !== 18) return 'length'
  const check = checkCharacterOf(code.slice(0, 17))
  if (check === undefined || !ALPHABET.includes(code.charAt(17))) return 'alphabet'
  return check === code.charAt(17) ? undefined : 'check'
}
