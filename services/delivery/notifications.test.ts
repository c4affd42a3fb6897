// Hooks and notifications over the wire, against a real https server and a real mail server.
import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import {
  NotificationHook,
  NotificationState,
  type Letter,
  type Notification,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { ATTEMPTS_MAX, delayAfter } from './notification/notification.js'
import {
  certificatesForServers,
  mailServer,
  webhookServer,
} from './notification-servers.fixture.js'
import { HEALTH, openDeliveryHouse, START, WATER, type DeliveryHouse } from './service.fixture.js'

const SECRET = 'CANARY-0123456789-0123456789-012345'
const { DELIVERED, GIVEN_UP, WAITING } = NotificationState
type Servers = {
  hook: Awaited<ReturnType<typeof webhookServer>>
  mail: Awaited<ReturnType<typeof mailServer>>
}
let certificates: Awaited<ReturnType<typeof certificatesForServers>>
let servers: Servers
let house: DeliveryHouse
let requests = 0

beforeAll(async () => void (certificates = await certificatesForServers()))
afterAll(() => certificates.remove())
afterEach(async () => {
  await house.close()
  await servers.hook.close()
  await servers.mail.close()
})

async function openHouse({ allowPrivate = true, ca = certificates.ca, timeoutMs = 5_000 } = {}) {
  servers = { hook: await webhookServer(certificates), mail: await mailServer(certificates) }
  const smtp = {
    ...{ host: 'localhost', port: servers.mail.port, secure: true },
    ...{ user: 'huiqian', password: 'CANARY', from: 'huiqian@notified.test' },
  }
  house = await openDeliveryHouse({ notifications: { smtp, allowPrivate, ca, timeoutMs } })
  for (const agency of [HEALTH, WATER]) await house.directory.designate(agency, START - 86_400_000)
  await house.settle()
}

const webhook = (webhookUrl = servers.hook.url): NotificationHook =>
  NotificationHook.fromPartial({ target: { $case: 'webhookUrl', webhookUrl } })
const email = (address: string): NotificationHook =>
  NotificationHook.fromPartial({ target: { $case: 'email', email: address } })

async function sets(
  hook: NotificationHook,
  { agency = HEALTH, secret = SECRET, requestId = '' } = {},
) {
  const request = { requestId: requestId || `set-${++requests}`, hook, secret }
  const answer = await (await house.notifying(agency)).setNotificationHook(request)
  if (answer.hook === undefined) throw new Error('no hook')
  return answer.hook
}

async function posts(more: Partial<Letter> = {}): Promise<Letter> {
  const letter = house.letter(more)
  await (await house.letters()).postLetters({ letters: [letter] })
  return letter
}

async function listed(letterId = '', agency = HEALTH): Promise<Notification[]> {
  const calls = await house.notifying(agency)
  return (await calls.listNotifications({ letterId, pageSize: 0, pageToken: '' })).notifications
}
const hooksOf = async (agency = HEALTH) =>
  (await (await house.notifying(agency)).listNotificationHooks({})).hooks

async function told<K extends string>(kind: K) {
  const { page } = await (await house.feed()).read({ after: 0, limit: 0 })
  return (page?.entries ?? [])
    .map(({ announcement }) => Announcement.decode(announcement).what)
    .filter((what) => what?.$case === kind)
}

describe('a webhook', () => {
  test('is told that a letter came, signed, and nothing of what it says', async () => {
    await openHouse()
    const { hookId } = await sets(webhook())
    const letter = await posts()
    await house.settle()
    const [received] = servers.hook.received
    expect(servers.hook.received).toHaveLength(1)
    const { headers, body } = received!
    expect(JSON.parse(body)).toEqual({
      notificationId: `${letter.letterId}.${hookId}`,
      letterId: letter.letterId,
      kind: 'consultation-letter',
      number: 1,
      documentNumber: letter.documentNumber,
      receivedAt: START,
    })
    const timestamp = String(START / 1000)
    const mac = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')
    expect(headers).toMatchObject({
      'huiqian-timestamp': timestamp,
      'huiqian-signature': `v1=${mac}`,
      'huiqian-notification': `${letter.letterId}.${hookId}`,
      'content-type': 'application/json',
    })
    expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/CANARY|水库|草稿|征求意见/)
    expect(await listed()).toEqual([
      expect.objectContaining({ hookId, state: DELIVERED, attempts: 1, lastFailure: '' }),
    ])
    expect(await told('notificationEnded')).toMatchObject([
      { notificationEnded: { letterId: letter.letterId, hookId, delivered: true } },
    ])
    await house.settle()
    expect(servers.hook.received).toHaveLength(1)
  })

  test('that fails is tried again, later and later, given up on record, and shown', async () => {
    await openHouse()
    servers.hook.answer = (response) => void response.writeHead(503).end()
    const { hookId } = await sets(webhook())
    const { letterId } = await posts()
    let now = START
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      await house.settle()
      expect(servers.hook.received).toHaveLength(attempt)
      now += delayAfter(attempt) ?? 0
      if (attempt < ATTEMPTS_MAX) {
        expect(await listed()).toMatchObject([{ state: WAITING, attempts: attempt }])
        house.clock.turnTo(now - 1)
        await house.settle()
        expect(servers.hook.received).toHaveLength(attempt) // not before its time
        house.clock.turnTo(now)
      }
    }
    expect(await listed()).toMatchObject([
      { state: GIVEN_UP, attempts: ATTEMPTS_MAX, lastFailure: 'status-5xx' },
    ])
    expect(await told('notificationEnded')).toMatchObject([
      { notificationEnded: { letterId, hookId, delivered: false, endedAt: now } },
    ])
    expect(await hooksOf()).toMatchObject([{ hookId, failures: ATTEMPTS_MAX }])
    servers.hook.answer = (response) => void response.writeHead(200).end()
    await posts()
    await house.settle()
    expect(await hooksOf()).toMatchObject([{ hookId, failures: 0 }])
  })

  test('is not followed where it redirects', async () => {
    await openHouse()
    servers.hook.answer = (response) =>
      void response.writeHead(307, { location: `${servers.hook.url}/elsewhere` }).end()
    await sets(webhook())
    await posts()
    await house.settle()
    expect(servers.hook.received.map(({ path }) => path)).toEqual(['/hook'])
    expect(await listed()).toMatchObject([{ state: WAITING, lastFailure: 'status-3xx' }])
  })

  test('that answers without end is taken at its status', async () => {
    await openHouse()
    servers.hook.answer = (response) => {
      response.writeHead(200)
      const more = (): void => {
        while (response.write('x'.repeat(4_096)));
        response.once('drain', more)
      }
      more()
    }
    await sets(webhook())
    await posts()
    await house.settle()
    expect(await listed()).toMatchObject([{ state: DELIVERED }])
  })

  test('that hangs holds up no other hook and no letter, and is ended in time', async () => {
    await openHouse({ timeoutMs: 1_500 })
    const release: (() => void)[] = []
    servers.hook.answer = (response, path) => {
      if (path === '/hangs') release.push(() => response.end())
      else response.writeHead(204).end()
    }
    await sets(webhook(servers.hook.url.replace('/hook', '/hangs')))
    const quick = await sets(webhook(), { agency: WATER })
    await posts()
    const settled = house.settle()
    while (release.length === 0) await posts() // it hangs now
    const letter = await posts({ recipient: WATER })
    for (let state = WAITING; state !== DELIVERED;) {
      const [notification] = await listed(letter.letterId, WATER)
      expect(notification?.hookId).toBe(quick.hookId)
      state = notification!.state
    }
    expect(release).toHaveLength(1) // and the other one still hangs
    await settled
    expect((await listed()).some(({ lastFailure }) => lastFailure === 'timeout')).toBe(true)
  })

  test('whose certificate is nobody’s we know is not told', async () => {
    await openHouse({ ca: undefined as unknown as string })
    house = await reopened({ ca: undefined })
    await sets(webhook())
    await posts()
    await house.settle()
    expect(servers.hook.received).toEqual([])
    expect(await listed()).toMatchObject([{ state: WAITING, lastFailure: 'tls' }])
  })

  test('may not be of this machine or network where the configuration does not let it', async () => {
    await openHouse({ allowPrivate: false })
    for (const url of [
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://2130706433/',
      'https://10.1/',
    ])
      await expect(sets(webhook(url))).rejects.toMatchObject({ reason: 'FIELD_VALUE' })
    await expect(sets(webhook('https://localhost/'))).rejects.toMatchObject({
      reason: 'FIELD_VALUE',
    })
  })

  test('is not told of letters that wait for a mailbox until they arrive', async () => {
    await openHouse()
    const LATE = '11441800QY00000387'
    await house.directory.designate(LATE, undefined)
    await house.settle()
    await sets(webhook(), { agency: LATE })
    await posts({ recipient: LATE })
    await house.settle()
    expect(servers.hook.received).toEqual([])
    await house.directory.designate(LATE, START)
    await house.settle()
    expect(servers.hook.received).toHaveLength(1)
  })

  test('is tried again after a restart, also where the attempt was broken off', async () => {
    await openHouse()
    let hangs: (() => void) | undefined
    const hanging = new Promise<void>((resolve) => (hangs = resolve))
    servers.hook.answer = () => hangs?.()
    await sets(webhook())
    await posts()
    const settled = house.settle().catch(() => 0)
    await hanging
    servers.hook.answer = (response) => void response.writeHead(204).end()
    await house.restart()
    await settled
    house.clock.turnTo(START + 60_000)
    await house.settle()
    expect(servers.hook.received).toHaveLength(2)
    expect(await listed()).toMatchObject([{ state: DELIVERED, attempts: 2 }])
    expect(await hooksOf()).toMatchObject([{ failures: 0 }])
  })
})

async function reopened(over: { ca: string | undefined }): Promise<DeliveryHouse> {
  await house.close()
  const opened = await openDeliveryHouse({
    notifications: { smtp: undefined, allowPrivate: true, ...over },
  })
  await opened.directory.designate(HEALTH, START - 86_400_000)
  await opened.settle()
  return opened
}

describe('an e-mail', () => {
  test('says that a letter came, and nothing of what it says', async () => {
    await openHouse()
    const { hookId } = await sets(email('office@health.test'), { secret: '' })
    const letter = await posts()
    await house.settle()
    const [mail] = servers.mail.mails
    expect(mail).toMatchObject({
      from: expect.stringContaining('<huiqian@notified.test>') as string,
      to: expect.stringContaining('<office@health.test>') as string,
    })
    const [head = '', body = ''] = mail!.data.split('\n\n')
    expect(head.replaceAll('\n ', ' ')).toContain(
      `Message-ID: <${letter.letterId}.${hookId}@notified.test>`,
    )
    expect(head).toContain('Date: Mon, 28 Sep 2026 02:00:00 +0000')
    const text = Buffer.from(body, 'base64').toString()
    expect(text).toContain(`函件标识：${letter.letterId}`)
    expect(text).toContain('征求意见函（清府办公开征〔2026〕15号），收文编号 1')
    expect(text).not.toMatch(/水库|草稿全文|CANARY/)
    expect(await listed()).toMatchObject([{ state: DELIVERED, attempts: 1 }])
  })

  test('that is refused is tried again', async () => {
    await openHouse()
    servers.mail.refuse = true
    await sets(email('nobody@health.test'), { secret: '' })
    await posts()
    await house.settle()
    expect(await listed()).toMatchObject([{ state: WAITING, lastFailure: 'status-5xx' }])
    servers.mail.refuse = false
    house.clock.turnTo(START + 60_000)
    await house.settle()
    expect(await listed()).toMatchObject([{ state: DELIVERED, attempts: 2 }])
  })

  test('is refused where no mail server is configured', async () => {
    await openHouse()
    house = await reopened({ ca: undefined })
    await expect(sets(email('a@b.test'), { secret: '' })).rejects.toMatchObject({
      reason: 'NOTIFICATION_MAIL_OFF',
    })
  })
})

describe('a hook', () => {
  test('is set once for a request, listed without its secret, and never given out', async () => {
    await openHouse()
    const first = await sets(webhook(), { requestId: 'same' })
    await sets(email('a@b.test'), { secret: '' })
    expect(await sets(webhook(), { requestId: 'same' })).toEqual(first)
    const other = { requestId: 'same', secret: 'x'.repeat(32) }
    await expect(sets(webhook(), other)).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' })
    const hooks = await hooksOf()
    expect(hooks).toHaveLength(2)
    expect(hooks[0]).toEqual(first)
    expect(JSON.stringify(hooks)).not.toContain('CANARY')
    expect(await told('notificationHookChanged')).toHaveLength(2)
  })

  test('is its agency’s alone', async () => {
    await openHouse()
    const { hookId } = await sets(webhook())
    await posts()
    await house.settle()
    expect(await hooksOf(WATER)).toEqual([])
    expect(await listed('', WATER)).toEqual([])
    const water = await house.notifying(WATER)
    const removal = water.removeNotificationHook({ requestId: 'r', hookId })
    await expect(removal).rejects.toMatchObject({ reason: 'NOT_FOUND' })
  })

  test('that was removed is not told any more, and what waited for it ends on record', async () => {
    await openHouse()
    servers.hook.answer = (response) => void response.writeHead(500).end()
    const { hookId } = await sets(webhook())
    const { letterId } = await posts()
    await house.settle()
    const calls = await house.notifying(HEALTH)
    await calls.removeNotificationHook({ requestId: 'r', hookId })
    await calls.removeNotificationHook({ requestId: 'r', hookId }) // the same answer
    await posts()
    await house.settle()
    expect(servers.hook.received).toHaveLength(1)
    expect(await listed()).toMatchObject([
      { letterId, state: GIVEN_UP, lastFailure: 'hook-removed' },
    ])
    expect(await hooksOf()).toEqual([])
    expect(await told('notificationEnded')).toHaveLength(1)
  })

  test('there are ten of at most', async () => {
    await openHouse()
    for (let count = 0; count < 10; count++) await sets(webhook())
    await expect(sets(webhook())).rejects.toMatchObject({ reason: 'NOTIFICATION_HOOKS_TOO_MANY' })
    expect(await sets(webhook(), { agency: WATER })).toBeDefined()
  })

  test.each([
    ['no target', NotificationHook.fromPartial({}), SECRET, 'FIELD_MISSING'],
    ['http', webhook('http://example.org/'), SECRET, 'FIELD_VALUE'],
    ['no address', webhook('nonsense'), SECRET, 'FIELD_VALUE'],
    ['a user in it', webhook('https://a:b@example.org/'), SECRET, 'FIELD_VALUE'],
    ['a fragment', webhook('https://example.org/#a'), SECRET, 'FIELD_VALUE'],
    [
      'a very long address',
      webhook(`https://example.org/${'a'.repeat(2_048)}`),
      SECRET,
      'FIELD_TOO_LONG',
    ],
    ['no secret', webhook('https://example.org/'), '', 'FIELD_MISSING'],
    ['a short secret', webhook('https://example.org/'), 'CANARY', 'FIELD_VALUE'],
    ['a secret with a space', webhook('https://example.org/'), `CANARY ${SECRET}`, 'FIELD_VALUE'],
    ['two addresses', email('a@b.test, c@d.test'), '', 'FIELD_VALUE'],
    ['a header', email('a@b.test\r\nBcc: c@d.test'), '', 'TEXT_NOT_NFC'],
    ['no domain', email('a@b'), '', 'FIELD_VALUE'],
    ['a secret for e-mail', email('a@b.test'), SECRET, 'FIELD_VALUE'],
  ])('with %s is refused, and the secret not shown', async (_, hook, secret, reason) => {
    await openHouse()
    const refused = await sets(hook, { secret }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ reason })
    expect(JSON.stringify(refused) + String(refused)).not.toContain('CANARY')
    expect(await hooksOf()).toEqual([])
  })
})

test('notifications are listed newest first, page by page, and by letter', async () => {
  await openHouse()
  await sets(webhook())
  await sets(webhook())
  const letters = [await posts(), await posts(), await posts()]
  await house.settle()
  const calls = await house.notifying(HEALTH)
  const seen: string[] = []
  for (let pageToken = ''; ;) {
    const page = await calls.listNotifications({ letterId: '', pageSize: 4, pageToken })
    expect(page.notifications.length).toBeLessThanOrEqual(4)
    seen.push(...page.notifications.map(({ letterId }) => letterId))
    if (page.nextPageToken === '') break
    pageToken = page.nextPageToken
  }
  const ids = letters.map(({ letterId }) => letterId).reverse()
  expect(seen).toEqual(ids.flatMap((id) => [id, id]))
  expect(await listed(ids[1])).toHaveLength(2)
})
