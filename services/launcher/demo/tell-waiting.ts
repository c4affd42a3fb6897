// A joint release that waits, and a deadline that a notice moves, as a timeline.
import { heading } from './heading.js'
import type { ConfirmationScene, RecomputedScene, WaitingScene } from './scenes-of-waiting.js'
import { explainPeriod } from './tell-period.js'
import { dayWord, opinionWord, type Language } from './words.js'

export function tellWaiting(scene: WaitingScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  switch (scene.scene) {
    case 'confirmation':
      return confirmation(scene, language)
    case 'notice': {
      const { number, title, publishedOn, changedDays, moves, proposedBy } = scene
      return [
        ...heading(scene, say('放假通知', 'a notice of holidays')),
        say(
          `  ${number}：${title}（${publishedOn} 公布）`,
          `  ${number}: ${title} (published ${publishedOn})`,
        ),
        ...changedDays.map(({ date, worksAfter }) => {
          const works = worksAfter ? say('上班', 'worked') : say('放假', 'off')
          return `    ${dayWord(date, language)}  ${works}`
        }),
        ...moves.map(({ agency, from, to, lastDay, reversesDeeming }) => {
          const change = `${from.slice(0, 16)} → ${to.slice(0, 16)}`
          const last = dayWord(lastDay, language)
          const reversal = reversesDeeming
            ? say('，推翻视为同意', ', reverses a deemed consent')
            : ''
          return say(
            `  将改动：${agency.name}的答复期限 ${change}（最后一日 ${last}）${reversal}`,
            `  would move: the deadline of ${agency.name} ${change} (last day ${last})${reversal}`,
          )
        }),
        say(
          `  ${proposedBy} 提议；须由另一操作员以同样内容确认，此前不生效`,
          `  proposed by ${proposedBy}; without effect until another operator confirms the same words`,
        ),
      ]
    }
    case 'recomputed':
      return recomputed(scene, language)
  }
}

function confirmation(scene: ConfirmationScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const { release, by, state, letter, remindedAt } = scene
  const awaited = state === 'awaited'
  const reminded = remindedAt.map((at) => at.slice(0, 16).replace('T', ' ')).join(say('、', ', '))
  return [
    ...heading(scene, say(`【事项${release}】沟通确认`, `[release ${release}] confirmation`)),
    say(`  ${by.name}：${opinionWord(state, 'zh')}`, `  ${by.name}: ${opinionWord(state, 'en')}`),
    ...(reminded === '' ? [] : [say(`  已催办：${reminded}`, `  reminded: ${reminded}`)]),
    ...(awaited ? [say(`  收到：${letter.title}`, `  has received: ${letter.title}`)] : []),
    ...(awaited
      ? letter.body
          .split('\n')
          .filter((line) => /确认/.test(line))
          .map((line) => `    ${line}`)
      : []),
  ]
}

function recomputed(scene: RecomputedScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const { release, confirmedBy, revision, instrument, moved, reversed, agency, told } = scene
  const undone =
    reversed > 0 ? say(`，推翻视为同意${reversed}项`, `, ${reversed} deemed consents reversed`) : ''
  return [
    ...heading(scene, say(`【事项${release}】期限改动`, `[release ${release}] the deadline moves`)),
    say(
      `  ${confirmedBy} 确认，记为工作日历第${revision}版；依${instrument}改动期限${moved}项${undone}`,
      `  confirmed by ${confirmedBy}: revision ${revision} of the calendar; ${instrument} moves ${moved} deadline${moved === 1 ? '' : 's'}${undone}`,
    ),
    say(`  ${agency.name}：`, `  ${agency.name}:`),
    ...explainPeriod(scene.period, language),
    ...told.flatMap(({ name, title, body }) => [
      say(`  已告知${name}：${title}`, `  ${name} is told: ${title}`),
      ...body
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `    ${line}`),
    ]),
  ]
}
