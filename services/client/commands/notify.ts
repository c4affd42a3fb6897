// huiqian notify: how an agency is told that a letter came; and what was sent.
import {
  ListNotificationHooksResponse,
  ListNotificationsResponse,
  NotificationHook,
  RemoveNotificationHookResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { LIMIT, NotUnderstood, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { textOf } from '../files.js'
import { firstOf } from '../pages.js'
import { NOTIFICATION_STATES } from '../text/gate-words.js'
import { timeText } from '../text/times.js'
import { wordFor } from '../text/words.js'

const set: Command = {
  words: 'notify set',
  takes: [],
  about: {
    zh: '设置来函通知：webhook（以密钥签名）或电子邮件，不含内容',
    en: 'be told that a letter came, by a signed webhook or by e-mail; without content',
  },
  options: {
    webhook: { takes: '<url>', about: { zh: 'https 地址', en: 'an https address' } },
    'secret-file': {
      takes: '<file>',
      about: {
        zh: 'webhook 的密钥取自文件（- 为标准输入），不写在命令行上',
        en: 'its secret from a file (- is standard input), never on the command line',
      },
    },
    email: { takes: '<address>', about: { zh: '电子邮件地址', en: 'an e-mail address' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const webhookUrl = asked.maybe('webhook')
    const email = asked.maybe('email')
    if ((webhookUrl === undefined) === (email === undefined))
      throw new NotUnderstood({
        zh: '请给出 --webhook 或 --email，二者之一',
        en: 'give --webhook or --email, one of the two',
      })
    const target =
      webhookUrl === undefined
        ? { $case: 'email' as const, email: email ?? '' }
        : { $case: 'webhookUrl' as const, webhookUrl }
    // An editor ends a file with a line feed; it is no part of the secret.
    const secret =
      webhookUrl === undefined
        ? ''
        : (await textOf(desk, asked.text('secret-file'))).replace(/\r?\n$/, '')
    const hook = { hookId: '', target, setAt: undefined, failures: 0 }
    const request = { requestId: desk.requestId, hook, secret }
    const calls = await desk.notifications()
    const answer = await desk.change(() => calls.setNotificationHook(request))
    const set = answer.hook
    if (set === undefined) throw new Error('answered without a hook')
    await desk.tell(NotificationHook.toJSON(set), () => [hookLine(set, desk)])
  },
}

const list: Command = {
  words: 'notify list',
  takes: [],
  about: { zh: '列出来函通知的设置', en: 'how one is told' },
  options: {},
  async run(desk) {
    const calls = await desk.notifications()
    const answer = await calls.listNotificationHooks({})
    await desk.tell(ListNotificationHooksResponse.toJSON(answer), () =>
      answer.hooks.map((hook) => hookLine(hook, desk)),
    )
  },
}

function hookLine({ hookId, target, setAt, failures }: NotificationHook, desk: Desk): string {
  const to = target?.$case === 'webhookUrl' ? target.webhookUrl : (target?.email ?? '')
  const failed = desk.say(`连续失败 ${failures} 次`, `${failures} failures in a row`)
  return [hookId, timeText(setAt), to, ...(failures > 0 ? [failed] : [])].join('  ')
}

const remove: Command = {
  words: 'notify remove',
  takes: ['<hook>'],
  about: { zh: '取消一项来函通知', en: 'remove a hook' },
  options: REQUEST_ID,
  async run(desk, asked) {
    const request = { requestId: desk.requestId, hookId: asked.argument(0) }
    const calls = await desk.notifications()
    const answer = await desk.change(() => calls.removeNotificationHook(request))
    await desk.tell(RemoveNotificationHookResponse.toJSON(answer), () => [
      desk.say('已取消', 'Removed'),
    ])
  },
}

const log: Command = {
  words: 'notify log',
  takes: [],
  about: { zh: '已发出和失败的通知', en: 'what was sent and what failed, newest first' },
  options: {
    letter: { takes: '<letter>', about: { zh: '某一函件的', en: 'of one letter' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.notifications()
    const letterId = asked.maybe('letter') ?? ''
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listNotifications({ letterId, ...page })
      return { items: answer.notifications, nextPageToken: answer.nextPageToken }
    })
    const answer = { notifications: items, nextPageToken }
    await desk.tell(ListNotificationsResponse.toJSON(answer), () => [
      ...items.map(({ notificationId, letterId: of, hookId, state, ...rest }) =>
        [
          notificationId,
          wordFor(NOTIFICATION_STATES, state, desk.language),
          desk.say(`${rest.attempts} 次`, `${rest.attempts} attempts`),
          timeText(rest.endedAt),
          of,
          hookId,
          ...(rest.lastFailure === '' ? [] : [rest.lastFailure]),
        ].join('  '),
      ),
      ...desk.more(nextPageToken),
    ])
  },
}

export const NOTIFY_COMMANDS: readonly Command[] = [set, list, remove, log]
