// What a defective reply lacks, in both languages, and by which rule of the pack. Pure.
import type { OpinionKind } from '../consultation/opinion.js'
import { articleOf, type Pack } from '../pack/pack.js'

/** Undefined for kinds that lack nothing. */
export function missingOf(
  kind: OpinionKind,
  pack: Pack,
): { readonly zh: string; readonly en: string } | undefined {
  if (kind === 'consent_with_changes')
    return {
      zh: '修改后同意的应写明修改意见。该答复已记录，不视为同意；请补充。',
      en: 'Consent with changes states the changes. It is on record and is no consent; complete it.',
    }
  if (kind !== 'objection') return undefined
  const { citation, id } = articleOf(pack, pack.objection)
  return {
    zh: `不同意的应说明理由（${citation}）。该答复已记录，不视为同意；请补充理由。`,
    en: `An objection states its reasons (${id}). It is on record and is no consent; complete it.`,
  }
}
