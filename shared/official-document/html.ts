// The document as one HTML page: to read and to print, without scripts, and everything in it escaped.
import { dateWords } from './date-words.js'
import type { Annex, LabelledField, OfficialDocument } from './official-document.js'

const STYLE = `@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { max-width: 156mm; margin: 2em auto; color: #000; background: #fff; font: 16pt/1.8 FangSong, "Noto Serif SC", serif; overflow-wrap: anywhere }
.issuer { color: #e00000; text-align: center; font-size: 36pt; line-height: 1.3; margin: 0.5em 0 }
.number { display: flex; justify-content: space-around; border-bottom: 2px solid #e00000; margin: 0; padding-bottom: 4mm; min-height: 1em }
h1, h2 { text-align: center; font-size: 22pt; font-weight: normal; line-height: 1.4; margin: 1.5em 0 1em }
.addressee { margin: 0 }
.text p { text-indent: 2em; margin: 0; white-space: pre-wrap; min-height: 1em }
dl { margin: 1em 0 } dl div { padding-left: 2em } dt, dd { display: inline; margin: 0; white-space: pre-wrap }
.attachments { margin: 1em 0 0 2em; padding: 0 } .attachments p { margin: 0 }
.signature { text-align: right; margin: 2em 4em 0 0 } .signature p { margin: 0 }
section { break-before: page }
@media print { body { margin: 0; max-width: none } }`

/** One page, without scripts; the same for the same document. */
export function htmlOf(document: OfficialDocument): string {
  const { issuer, urgency, number, signedOff, title, addressee, attachments } = document
  const { signatory, date } = document
  const numbered = [number, signedOff === '' ? '' : `签发人：${signedOff}`].filter(
    (one) => one !== '',
  )
  return [
    '<!DOCTYPE html>',
    '<html lang="zh-CN">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...element('p', 'urgency', urgency),
    ...element('p', 'issuer', issuer),
    `<p class="number">${numbered.map((one) => `<span>${escaped(one)}</span>`).join('')}</p>`,
    ...element('h1', '', title),
    ...element('p', 'addressee', addressee === '' ? '' : `${addressee}：`),
    ...text(document.paragraphs),
    ...fieldList(document.fields),
    ...attachmentList(attachments),
    '<div class="signature">',
    ...element('p', '', signatory),
    ...element('p', '', dateWords(date)),
    '</div>',
    ...document.annexes.flatMap(annexOf),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function annexOf({ title, paragraphs, fields }: Annex, index: number): string[] {
  return [
    '<section>',
    ...element('p', '', `附件${index + 1}`),
    ...element('h2', '', title),
    ...text(paragraphs),
    ...fieldList(fields),
    '</section>',
  ]
}

const text = (paragraphs: readonly string[]): string[] =>
  paragraphs.length === 0
    ? []
    : ['<div class="text">', ...paragraphs.map((one) => `<p>${escaped(one)}</p>`), '</div>']

const fieldList = (fields: readonly LabelledField[]): string[] =>
  fields.length === 0
    ? []
    : [
        '<dl>',
        ...fields.map(
          ({ label, value }) => `<div><dt>${escaped(label)}：</dt><dd>${escaped(value)}</dd></div>`,
        ),
        '</dl>',
      ]

const attachmentList = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        '<div class="attachments">',
        ...names.map(
          (name, index) => `<p>${index === 0 ? '附件：' : ''}${index + 1}. ${escaped(name)}</p>`,
        ),
        '</div>',
      ]

function element(name: string, className: string, content: string): string[] {
  if (content === '') return []
  const attribute = className === '' ? '' : ` class="${className}"`
  return [`<${name}${attribute}>${escaped(content)}</${name}>`]
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (content: string): string =>
  content.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
