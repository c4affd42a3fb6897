// How a command ends that was not answered: what is said on standard error, and the exit code.
import type { CallFailed } from '../../shared/rpc/call-failed.js'
import type { Language } from './command.js'

/** Exit codes: done, refused, not understood, outcome unknown or nobody there. */
export const EXIT = { done: 0, refused: 1, notUnderstood: 2, unknown: 3 } as const

export type Failure = { readonly code: number; readonly text: string }

/** A failed call for a reader, in both languages (the chosen one first), or as JSON. */
export function failureOf(
  error: CallFailed,
  {
    language,
    json,
    requestId,
  }: { language: Language; json: boolean; requestId: string | undefined },
): Failure {
  const code = error.unknownOutcome ? EXIT.unknown : EXIT.refused
  const { reason, status, field, article, messageZh: zh, messageEn: en } = error
  if (json) {
    const facts = { error: reason || status, status, field, article: article || undefined, zh, en }
    const again = error.unknownOutcome ? { unknownOutcome: true, requestId } : {}
    return { code, text: JSON.stringify({ ...facts, ...again }) }
  }
  const words = { zh: `  ${zh}`, en: `  ${en}` }
  const order = language === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  const both = [...new Set(order.map((each) => words[each]))]
  return {
    code,
    text: [headline(error, language), ...both, ...whatNow(error, language, requestId)].join('\n'),
  }
}

function headline(error: CallFailed, language: Language): string {
  const { reason, status, field, article, unknownOutcome } = error
  const what = reason === '' ? status : `${reason} (${status})`
  const where = [
    ...(field === undefined ? [] : [language === 'zh' ? `字段 ${field}` : `field ${field}`]),
    ...(article === '' ? [] : [language === 'zh' ? `依据 ${article}` : `by ${article}`]),
  ]
  const kind = unknownOutcome
    ? { zh: '没有得到答复', en: 'No answer' }[language]
    : { zh: '未予受理', en: 'Refused' }[language]
  const colon = language === 'zh' ? '：' : ': '
  return [`${kind}${colon}${what}`, ...where].join(language === 'zh' ? '，' : ', ')
}

function whatNow(error: CallFailed, language: Language, requestId: string | undefined): string[] {
  if (!error.unknownOutcome) return []
  if (requestId === undefined)
    return [
      language === 'zh'
        ? '  服务是否在运行？核对 --address 与证书后再试。'
        : '  Is the service running? Check --address and the certificate, then try again.',
    ]
  return [
    language === 'zh'
      ? `  已重复询问，结果仍不明。请用同一请求号再问，不会重复办理：--request-id ${requestId}`
      : `  Asked several times; the outcome is still unknown. Ask again with the same id, nothing is done twice: --request-id ${requestId}`,
  ]
}
