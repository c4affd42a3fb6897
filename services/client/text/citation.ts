// What a decision rests on, as a reader cites it.
import type { Article } from '../../../gen/huiqian/common/v1/common.js'
import type { Language } from '../command.js'

/** An article as it is cited (its own language); what the house decided, in the reader's. */
export function citationOf(article: Article | undefined, language: Language): string {
  if (article?.id === 'house' && language === 'en')
    return 'a convention of this system (the rule is silent)'
  return article?.citation ?? ''
}
