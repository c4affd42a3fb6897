// A disagreement as a timeline: rounds, the filing with its candidates, views, the ruling, the ruled text.
import { heading } from './heading.js'
import type { DisagreementScene, DisputeScene, RoundScene } from './scenes-of-disagreement.js'
import { addresseeWord, bodyWord, dispositionWord, opinionWord, type Language } from './words.js'

export function tellDisagreement(scene: DisagreementScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const { release } = scene
  const title = (zh: string, en: string): string[] =>
    heading(scene, say(`【事项${release}】${zh}`, `[release ${release}] ${en}`))
  switch (scene.scene) {
    case 'round':
      return [...title('协商', 'negotiation'), ...round(scene, language)]
    case 'dispute':
      return [...title('报请协调', 'the dispute is filed'), ...dispute(scene, language)]
    case 'accepted':
      return [
        ...title('受理，会同研究', 'accepted; bodies are heard'),
        say(`  ${scene.by.name}受理`, `  ${scene.by.name} accepts it`),
        ...scene.bodies.map(({ role, body, missing, party }) => {
          const what = say(`${bodyWord(role, 'zh')}部门`, `${bodyWord(role, 'en')} body`)
          if (missing) return say(`  ${what}：本级没有`, `  ${what}: the level has none`)
          const note = party ? say('（当事一方，只陈述立场）', ' (a party: gives a position)') : ''
          return say(`  ${what}：${body.name}${note}`, `  ${what}: ${body.name}${note}`)
        }),
      ]
    case 'view': {
      const { by, advice, view, party } = scene
      const word = dispositionWord(advice, language)
      const heads = party
        ? title('当事一方的意见', 'position of a party')
        : title('会同部门意见', 'written view')
      return [...heads, say(`  ${by.name}：${word}`, `  ${by.name}: ${word}`), `  ${view}`]
    }
    case 'ruling': {
      const { by, documentNumber, disposition, grounds, digest, told } = scene
      const word = dispositionWord(disposition, language)
      const names = told.map(({ name }) => name).join(say('、', ', '))
      return [
        ...title('处理意见', 'ruling'),
        say(`  ${by.name} ${documentNumber}：${word}`, `  ${by.name} ${documentNumber}: ${word}`),
        say(`  理由：${grounds}`, `  grounds: ${grounds}`),
        ...(digest === ''
          ? []
          : [say(`  可以发布的稿件摘要：${digest}`, `  may be released: ${digest}`)]),
        say(`  送达：${names}`, `  sent to: ${names}`),
      ]
    }
    case 'revised': {
      const { version, digest, byRulingOf, changes } = scene
      const by = byRulingOf === '' ? '' : say('，依处理意见', ', by the ruling')
      return [
        ...title('修订稿件', 'revised'),
        say(`  第${version}稿${by}：${digest}`, `  version ${version}${by}: ${digest}`),
        ...changes.map(({ kind, text }) => `    ${kind === 'added' ? '+' : '-'} ${text}`),
      ]
    }
    case 'refused': {
      const { reason, article, words } = scene
      return [
        ...title('未予受理', 'refused'),
        say(`  ${words.zh}（${reason}，${article}）`, `  ${words.en} (${reason}, ${article})`),
      ]
    }
  }
}

function round(scene: RoundScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const { ordinal, positions, summary, instruction } = scene
  const { to, afterWorkingDays, byDefault, dueAt } = instruction
  const whom = addresseeWord(to, language)
  const house = byDefault ? say('（默认）', ' (the default)') : ''
  const until = dueAt === undefined ? '' : `${dueAt.slice(0, 10)} ${dueAt.slice(11, 16)}`
  return [
    say(`  第${ordinal}轮，会商`, `  round ${ordinal}, a meeting`),
    ...positions.map(({ name, position }) =>
      say(`  ${name}：${position}`, `  ${name}: ${position}`),
    ),
    ...(summary === '' ? [] : [say(`  结果：${summary}`, `  outcome: ${summary}`)]),
    ...(until === ''
      ? []
      : [
          say(
            `  至 ${until}（${afterWorkingDays}个工作日）仍未达成一致的，报请${whom}协调${house}`,
            `  without agreement until ${until} (${afterWorkingDays} working days) it goes to the ${whom}${house}`,
          ),
        ]),
  ]
}

function dispute(scene: DisputeScene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  const { by, coordinator, to, candidates, parties, rounds, citation, documentNumber } = scene
  const whom = addresseeWord(to, language)
  const how = scene.onStandingInstruction
    ? say('依其指示，由系统报请', 'filed by the system on its instruction')
    : say('协商未达成一致，报请协调', 'declares that negotiation failed and files it')
  return [
    say(`  ${by.name}：${how}（${citation}）`, `  ${by.name}: ${how} (${citation})`),
    say(
      `  ${documentNumber}，报请${whom}：${coordinator.name}`,
      `  ${documentNumber}, to the ${whom}: ${coordinator.name}`,
    ),
    ...candidates.flatMap(({ kind, agency, reason }) => [
      say(
        `  可以报请：${addresseeWord(kind, 'zh')} ${agency.name || '—'}`,
        `  candidate: ${addresseeWord(kind, 'en')} ${agency.name || '—'}`,
      ),
      `      ${reason[language]}`,
    ]),
    ...parties
      .filter(({ opinion }) => opinion !== '')
      .map(({ name, opinion }) => {
        const word = opinionWord(opinion, language)
        return say(`  当事机关：${name}（${word}）`, `  party: ${name} (${word})`)
      }),
    say(`  协商记录：${rounds}轮`, `  rounds on record: ${rounds}`),
  ]
}
