// Writes the catalogue of reasons as a page for integrators: `npm run -s reasons` writes proto/REASONS.md.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CATALOGUE } from './catalogue.js'

export const PAGE = fileURLToPath(new URL('../../proto/REASONS.md', import.meta.url))

/** The page, from a catalogue. */
export function reasonsPage(
  catalogue: Readonly<Record<string, { readonly zh: string; readonly en: string }>>,
): string {
  const reasons = Object.entries(catalogue).sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    '# Reasons for a no',
    '',
    '<!-- Generated from shared/refusal/catalogue.ts by `npm run -s reasons`. Do not edit. -->',
    '',
    'Every refused call carries a `google.rpc.Status` in the trailer `grpc-status-details-bin`. Its `ErrorInfo` has the',
    'domain `huiqian`, one of these reasons, which never change their meaning, and in `metadata` the `article` that the',
    'refusal rests on and the values in braces below. `LocalizedMessage` carries the message in `zh-CN` and `en`; where',
    'a field is at fault, `BadRequest` names it by its path. Programs compare reasons; people read messages.',
    '',
    'After the statuses CANCELLED, DEADLINE_EXCEEDED, INTERNAL and UNAVAILABLE the outcome is unknown: ask again with the',
    'same `request_id`.',
    '',
    '| reason | 中文 | English |',
    '| --- | --- | --- |',
    ...reasons.map(([reason, { zh, en }]) => `| \`${reason}\` | ${cell(zh)} | ${cell(en)} |`),
    '',
  ].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, reasonsPage(CATALOGUE))
