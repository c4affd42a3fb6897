// How a command ends that was not answered: what is said on standard error, and the exit code.
import type { Refusal } from '../../shared/refusal/refusal.js'
import type { CallFailed } from '../../shared/rpc/call-failed.js'
import type { Language, Text } from './command.js'

/** Exit codes: done, refused, not understood, outcome unknown or nobody there. */
export const EXIT = { done: 0, refused: 1, notUnderstood: 2, unknown: 3 } as const

export type Failure = { readonly code: number; readonly text: string }
type Form = { readonly language: Language; readonly json: boolean }

/** A no in all that it says, wherever it was said. */
type Told = {
  readonly reason: string
  /** Of the call; undefined: refused here, without a call. */
  readonly status: string | undefined
  readonly field: string | undefined
  readonly article: string
  readonly words: Text
  readonly unknownOutcome: boolean
}

/** A failed call for a reader, in both languages (the chosen one first), or as JSON. */
export function failureOf(
  error: CallFailed,
  { requestId, ...form }: Form & { requestId: string | undefined },
): Failure {
  const { reason, status, field, article, unknownOutcome } = error
  const told = { reason, status, field, article, words: wordsOf(error), unknownOutcome }
  const code = unknownOutcome ? EXIT.unknown : EXIT.refused
  if (!form.json) return { code, text: textOf(told, form.language, requestId) }
  const again = unknownOutcome ? { unknownOutcome: true, requestId } : {}
  return { code, text: JSON.stringify({ ...factsOf(told), ...again }) }
}

/** What was refused here, before any call, in the same form. */
export function refusedHere(error: Refusal, { language, json }: Form): Failure {
  const { reason, field, rule: article } = error
  const words = { zh: error.text('zh'), en: error.text('en') }
  const told = { reason, status: undefined, field, article, words, unknownOutcome: false }
  const text = json ? JSON.stringify(factsOf(told)) : textOf(told, language, undefined)
  return { code: EXIT.refused, text }
}

const factsOf = ({ reason, status, field, article, words }: Told) => ({
  ...{ error: reason || status, status, field, article: article || undefined, ...words },
})

/** The service's words; where the transport failed, ours, and the transport's after them. */
function wordsOf({ reason, status, messageZh, messageEn }: CallFailed): Text {
  if (reason !== '') return { zh: messageZh, en: messageEn }
  const { zh, en } = ownWords(status, messageEn)
  const said = messageEn === '' ? ['', ''] : [`（${messageEn}）`, ` (${messageEn})`]
  return { zh: `${zh}${said[0]}`, en: `${en}${said[1]}` }
}

function ownWords(status: string, said: string): Text {
  if (/certificate|unknown ca|altname|SSL|TLS/i.test(said))
    return {
      zh: '连接未建立：双方的证书不是同一个机构所发，或服务证书上没有该地址。请核对 --certificates（或 --ca）与 --server-name。',
      en: 'No connection: the certificates are not of the same authority, or the server’s does not name this address. Check --certificates (or --ca) and --server-name.',
    }
  if (status === 'UNAVAILABLE')
    return {
      zh: '连接不上服务。请核对 --address，并确认服务（npm start）在运行。',
      en: 'The service cannot be reached. Check --address, and that the service (npm start) runs.',
    }
  if (status === 'DEADLINE_EXCEEDED')
    return { zh: '服务没有在规定时间内答复。', en: 'The service did not answer in time.' }
  return {
    zh: `调用失败，状态 ${status}，服务没有说明原因。`,
    en: `The call failed with the status ${status}, without a reason.`,
  }
}

function textOf(told: Told, language: Language, requestId: string | undefined): string {
  const { zh, en } = told.words
  const both = language === 'zh' ? [zh, en] : [en, zh]
  const lines = [...new Set(both)].map((line) => `  ${line}`)
  return [headline(told, language), ...lines, ...whatNow(told, language, requestId)].join('\n')
}

function headline(told: Told, language: Language): string {
  const { reason, status, field, article, unknownOutcome } = told
  const what = reason === '' ? status : status === undefined ? reason : `${reason} (${status})`
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

function whatNow(told: Told, language: Language, requestId: string | undefined): string[] {
  if (!told.unknownOutcome) return []
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
