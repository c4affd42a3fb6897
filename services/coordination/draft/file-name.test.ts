import { describe, expect, test } from 'vitest'
import { faultOfFileName } from './file-name.js'

describe('a file may be called', () => {
  test.each([
    '附件1：清远市水库水位（2026年）.pdf',
    'annex.tar.gz',
    '.说明',
    '说明..二.txt',
    'CONTRACT.pdf',
    'com10.txt',
    'nullable',
    'a／b＼c.txt',
    '%2e%2e%2f.txt',
    '~$draft.docx',
  ])('%s', (name) => expect(faultOfFileName(name)).toBeUndefined())
})

describe('a file may not be called', () => {
  test.each<[string, string]>([
    ['../../etc/passwd', 'path'],
    ['..\\..\\windows\\system32', 'path'],
    ['a/b', 'path'],
    ['/etc/passwd', 'path'],
    ['.', 'path'],
    ['..', 'path'],
    ['C:evil.txt', 'colon'],
    ['report.pdf:hidden', 'colon'],
    ['CON', 'device'],
    ['aux.txt', 'device'],
    ['Com1.log', 'device'],
    ['lpt¹', 'device'],
    ['NUL', 'device'],
    ['report.pdf.', 'end with'],
    ['report.exe ', 'end with'],
    [' report.pdf', 'begin with'],
    ['annexe\u202Efdp.exe', 'direction'],
    ['\u2066a\u2069.pdf', 'direction'],
    ['\u200Freport.pdf', 'direction'],
    ['re\u200Bport.pdf', 'not seen'],
    ['\uFEFFreport.pdf', 'not seen'],
  ])('%j: %s', (name, why) => {
    const fault = faultOfFileName(name)
    expect(fault?.en).toContain(why)
    expect(fault?.zh).toMatch(/[一-龥]/)
  })
})
