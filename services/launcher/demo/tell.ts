// The scenes as a timeline for people: what happened when, by which article, and what each service
// said of it.
import { heading } from './heading.js'
import { tellDisagreement } from './tell-disagreement.js'
import { explainPeriod } from './tell-period.js'
import { tellWaiting } from './tell-waiting.js'
import type { Scene, SceneOf } from './scene.js'
import {
  busWord,
  dispositionWord,
  gateWord,
  opinionWord,
  periodWord,
  receptionWord,
  stateWord,
  type Language,
} from './words.js'

/** The lines of one scene. */
export function tell(scene: Scene, language: Language): string[] {
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en)
  switch (scene.scene) {
    case 'house':
      return house(scene, language)
    case 'submitted': {
      const { release, by, title, characters, digest, to, coProducers } = scene
      return [
        ...heading(scene, say(`【事项${release}】提交`, `[release ${release}] submitted`)),
        say(`  拟发布机关：${by.name}`, `  releasing agency: ${by.name}`),
        say(
          `  拟发布信息：《${title}》（${characters}字）`,
          `  draft: 《${title}》 (${characters} characters)`,
        ),
        say(`  稿件摘要 SHA-256：${digest}`, `  digest SHA-256: ${digest}`),
        ...to.map(({ name, reason }) =>
          say(`  征求：${name}——${reason}`, `  asks: ${name} — ${reason}`),
        ),
        ...coProducers.map(({ name }) =>
          say(`  联合制作：${name}`, `  made jointly with: ${name}`),
        ),
      ]
    }
    case 'received': {
      const { release, by, letter, documentNumber, effectOfSilence } = scene
      const names = by.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')
      return [
        ...heading(scene, say(`【事项${release}】函件送达`, `[release ${release}] received`)),
        say(`  ${documentNumber}：${letter.title}`, `  ${documentNumber}: ${letter.title}`),
        say(`  收件：${names}`, `  by: ${names}`),
        ...explainPeriod(scene.period, language),
        // A reader of Chinese has it from the letter itself; for the others the service says it in English.
        ...(language === 'en' || letter.quoted === ''
          ? [
              say(
                `  沉默的后果：${effectOfSilence.zh}`,
                `  effect of silence: ${effectOfSilence.en}`,
              ),
            ]
          : []),
        ...(letter.quoted === ''
          ? []
          : [say(`  函中写明：${letter.quoted}`, `  the letter says: ${letter.quoted}`)]),
      ]
    }
    case 'opinion': {
      const { release, by, opinion, reasons, reception } = scene
      const kind = opinionWord(opinion, language)
      const taken = receptionWord(reception, language)
      return [
        ...heading(scene, say(`【事项${release}】书面意见`, `[release ${release}] opinion`)),
        say(`  ${by.name}：${kind}（${taken}）`, `  ${by.name}: ${kind} (${taken})`),
        ...(reasons === '' ? [] : [say(`  理由：${reasons}`, `  reasons: ${reasons}`)]),
      ]
    }
    case 'reminder':
      return [
        ...heading(
          scene,
          say(`【事项${scene.release}】催办`, `[release ${scene.release}] reminder`),
        ),
        say(`  致${scene.to.name}：${scene.title}`, `  to ${scene.to.name}: ${scene.title}`),
        ...(scene.quoted === '' ? [] : [`  ${scene.quoted}`]),
      ]
    case 'clearance':
      return clearance(scene, language)
    case 'silence':
      return silence(scene, language)
    case 'published': {
      const { release, digest, where, breaches } = scene
      const none = say('无违反情形', 'no breach')
      return [
        ...heading(scene, say(`【事项${release}】发布`, `[release ${release}] published`)),
        say(`  ${where}发布，摘要 ${digest}`, `  at ${where}, digest ${digest}`),
        `  ${breaches.length === 0 ? none : breaches.join(', ')}`,
      ]
    }
    case 'round':
    case 'dispute':
    case 'accepted':
    case 'view':
    case 'ruling':
    case 'revised':
    case 'refused':
      return tellDisagreement(scene, language)
    case 'confirmation':
    case 'notice':
    case 'recomputed':
      return tellWaiting(scene, language)
    case 'end':
      return end(scene, language)
  }
}

function house({ bus, pack, agencies, services, calendar }: SceneOf<'house'>, language: Language) {
  const period = periodWord(pack.replyWithin, pack.unit, language)
  if (language === 'zh')
    return [
      '会签：政府信息发布协调（演示，时钟由人拨动，时间为北京时间）',
      `  服务：${services.join('、')}，一个进程，双向 TLS；公告：${busWord(bus, 'zh')}`,
      `  目录：${agencies}个机关（清远市样例）；工作日历：第${calendar.revision}版，截至${calendar.publishedBy}已公布的通知`,
      `  规则包：${pack.name}《${pack.title}》，答复期限${period}，沉默${pack.silence === 'deemed_consent' ? '视为同意' : '不产生效力'}`,
    ]
  return [
    'Huiqian: coordinating the release of government information (a demo; the clock is turned by hand; Beijing time)',
    `  services: ${services.join(', ')} in one process, mutual TLS; announcements: ${busWord(bus, 'en')}`,
    `  directory: ${agencies} agencies (sample of Qingyuan); calendar: revision ${calendar.revision}, notices published by ${calendar.publishedBy}`,
    `  policy pack: ${pack.name} 《${pack.title}》, reply within ${period}, silence ${pack.silence === 'deemed_consent' ? 'is deemed consent' : 'has no effect'}`,
  ]
}

function clearance(scene: SceneOf<'clearance'>, language: Language): string[] {
  const zh = language === 'zh'
  const { release, gates, cleared, digest } = scene
  const title = zh ? `【事项${release}】能否发布` : `[release ${release}] may it be published?`
  const state = stateWord(scene.state, language)
  const yes = zh ? `可以发布：${digest}` : `yes: ${digest}`
  const no = zh ? '尚不可以发布' : 'not yet'
  return [
    ...heading(scene, title),
    zh ? `  ${cleared ? yes : no}（状态：${state}）` : `  ${cleared ? yes : no} (state: ${state})`,
    ...gates.flatMap(({ gate, open, article, citation, basis, obstacles }) => [
      `  ${open ? '✓' : '✗'} ${gateWord(gate, language)} · ${article === 'house' && !zh ? 'a rule of the house' : citation}${open && basis[language] !== '' ? ` · ${basis[language]}` : ''}`,
      ...obstacles.map((obstacle) => `      ${obstacle[language]}`),
    ]),
  ]
}

function silence(scene: SceneOf<'silence'>, language: Language): string[] {
  const zh = language === 'zh'
  const { release, by, outcome, effectiveAt, holds, certificate } = scene
  const title = zh ? `【事项${release}】期限届满` : `[release ${release}] the deadline has passed`
  const since = effectiveAt ?? ''
  const outcomes = {
    deemed: zh
      ? `  ${by.name}在期限内没有答复：自 ${since} 起视为同意`
      : `  ${by.name} gave no reply in time: deemed to consent since ${since}`,
    expired: zh
      ? `  ${by.name}在期限内没有答复：沉默不产生同意的效力，事项不因沉默而可以发布`
      : `  ${by.name} gave no reply in time: silence has no effect, and does not clear the release`,
    waits: zh
      ? `  ${by.name}在期限内没有答复：沉默的效力暂不产生`
      : `  ${by.name} gave no reply in time: the effect of silence waits`,
  }
  return [
    ...heading(scene, title),
    outcomes[outcome],
    ...holds.map((hold) => `  ${hold[language]}`),
    ...(certificate === '' ? [] : [zh ? '  视为同意证明：' : '  certificate of deemed consent:']),
    ...certificate
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `    ${line}`),
  ]
}

function end({ releases, ...scene }: SceneOf<'end'>, language: Language): string[] {
  const zh = language === 'zh'
  return [
    ...heading(scene, zh ? '结果' : 'outcome'),
    ...releases.flatMap(({ release, title, state, ruling, consents }) => [
      zh
        ? `  事项${release}《${title}》：${stateWord(state, 'zh')}`
        : `  release ${release} 《${title}》: ${stateWord(state, 'en')}`,
      ...(ruling === ''
        ? []
        : [
            zh
              ? `    处理意见：${dispositionWord(ruling, 'zh')}`
              : `    ruling: ${dispositionWord(ruling, 'en')}`,
          ]),
      ...consents.map(
        ({ name, how }) => `    ${name}${zh ? '：' : ': '}${opinionWord(how, language)}`,
      ),
    ]),
  ]
}
