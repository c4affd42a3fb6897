// What a file may be called, wherever somebody saves it: a name and no path, of no device, and no name that shows as
// another. Whoever downloads it may run a system that is not ours. Pure.

type Words = { readonly zh: string; readonly en: string }

const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
// They turn the direction of what follows: `annexe\u202Efdp.exe` shows as `annexeexe.pdf`.
const TURNS_DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/
const UNSEEN = /[\u200B\u200C\u200D\u2060\uFEFF\u00AD]/

/** Why this is no name for a file; undefined: it may be. One line of NFC text is asked for elsewhere. */
export function faultOfFileName(name: string): Words | undefined {
  // Full-width slashes stay: they are letters of names, and no system takes them for a path.
  if (/[/\\]/.test(name) || name === '.' || name === '..')
    return { zh: '文件名不得含路径。', en: 'A file name has no path.' }
  if (name.includes(':'))
    return {
      zh: '文件名不得含半角冒号（盘符或附属数据流）；可用全角“：”。',
      en: 'A file name has no colon (a drive, or a second stream of a file).',
    }
  if (DEVICE.test(name))
    return { zh: '这是设备名，不能作文件名。', en: 'It is the name of a device.' }
  if (/[. ]$/.test(name) || name.startsWith(' '))
    return {
      zh: '文件名不得以空格开头，或以空格、句点结尾：有的系统会去掉它们。',
      en: 'A file name does not begin with a space or end with a space or a dot: some systems drop them.',
    }
  if (TURNS_DIRECTION.test(name) || UNSEEN.test(name))
    return {
      zh: '文件名不得含改变文字方向或不可见的字符：看到的会与实际不同。',
      en: 'A file name has no character that turns the direction of text or is not seen: it would show as another.',
    }
  return undefined
}
