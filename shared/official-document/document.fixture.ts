// A document with everything in it, for the tests of this room.
import type { OfficialDocument } from './official-document.js'

export const letter: OfficialDocument = {
  issuer: '清远市人民政府办公室',
  urgency: '加急',
  number: '清府办公开征〔2026〕15号',
  signedOff: '张三',
  title: '关于征求《北江水库水位》发布意见的函',
  addressee: '清远市卫生健康局',
  paragraphs: [
    '我单位拟以主动公开方式发布《北江水库水位》（第1稿）。',
    '请自收到本函之日起5个工作日内（收到当日不计入）书面答复：同意、修改后同意、不同意、不涉及本机关，或其他答复；不同意的应说明理由。',
  ],
  fields: [{ label: '联系方式', value: '值班室' }],
  attachments: ['北江水库水位', '附图.pdf'],
  signatory: '清远市人民政府办公室',
  date: '2026-09-08',
  annexes: [
    { title: '北江水库水位', paragraphs: ['第一段。', '', '', '第二段。'], fields: [] },
    { title: '登记要素', paragraphs: [], fields: [{ label: '稿次', value: '1' }] },
  ],
  dated: Date.parse('2026-09-08T10:00:00+08:00'),
  digest: 'ab'.repeat(32),
}

/** Strange to whoever puts it into a page unescaped. */
export const hostile: OfficialDocument = {
  ...letter,
  title: '<script>alert("1")</script>',
  paragraphs: [`<img src=x onerror='alert(1)'> & "引号"`],
  fields: [{ label: '<b>', value: '</dd><script>' }],
  attachments: ['<a href="javascript:1">.pdf'],
  annexes: [{ title: '</style><script>', paragraphs: ['<iframe>'], fields: [] }],
}
