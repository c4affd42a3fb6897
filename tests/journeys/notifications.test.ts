// Nobody must be bound by a letter that nobody was told of: an agency sets its hooks, and each letter
// that arrives is told to them, by a real https server and a real mail server on this machine.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConsultationState, type Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import {
  LetterKind,
  NotificationHook,
  NotificationServiceClient,
  NotificationState,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import {
  certificatesForServers,
  mailServer,
  webhookServer,
} from '../../services/delivery/notification-servers.fixture.js'
import { connect } from '../../shared/rpc/client.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'

const SECRET = '0123456789-0123456789-0123456789-CANARY'

await inEachShape('notifications', (shape) => {
  let office: Office
  let certificates: Awaited<ReturnType<typeof certificatesForServers>>
  let hook: Awaited<ReturnType<typeof webhookServer>>
  let mail: Awaited<ReturnType<typeof mailServer>>
  const closing: (() => void)[] = []
  const released: Release[] = []

  beforeAll(async () => {
    certificates = await certificatesForServers()
    hook = await webhookServer(certificates)
    mail = await mailServer(certificates)
    const smtp = {
      ...{ host: 'localhost', port: mail.port, secure: true },
      ...{ user: 'huiqian', password: 'secret', from: 'huiqian@notified.test' },
    }
    const notifications = { smtp, allowPrivate: true, ca: certificates.ca }
    office = await openOffice({ today: '2026-09-28', shape, config: { notifications } })
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const close of closing) close()
    await office[Symbol.asyncDispose]()
    await hook.close()
    await mail.close()
    certificates.remove()
  })

  const callsOf = async (name: string) => {
    const subject = { kind: 'agency', code: office.codeOf(name) } as const
    const certificate = await office.premises.certificateOf(subject)
    const address = office.premises.addressOf('delivery')
    const calls = connect(NotificationServiceClient, address, certificate)
    closing.push(() => calls.close())
    return calls
  }
  const notificationsOf = async (name: string) => {
    const page = { letterId: '', pageSize: 0, pageToken: '' }
    return (await (await callsOf(name)).listNotifications(page)).notifications
  }

  test(
    'a consultation letter is told by webhook and e-mail, and says nothing of the draft',
    async () => {
      const health = await callsOf('市卫生健康局')
      const webhookUrl = hook.url
      for (const [target, secret] of [
        [{ $case: 'webhookUrl', webhookUrl }, SECRET],
        [{ $case: 'email', email: 'office@health.test' }, ''],
      ] as const) {
        const asked = NotificationHook.fromPartial({ target })
        await health.setNotificationHook({ requestId: target.$case, hook: asked, secret })
      }
      const affects = ['市卫生健康局', '市公安局']
      released.push(await office.as('市水利局').submitsRelease('北江水库水位', { affects }))
      await office.settles()

      const [letter] = await office.as('市卫生健康局').entries(LetterKind.CONSULTATION_LETTER)
      const [received] = hook.received
      expect(hook.received).toHaveLength(1)
      expect(JSON.parse(received!.body)).toMatchObject({
        ...{ letterId: letter!.letterId, kind: 'consultation-letter', number: 1 },
        documentNumber: letter!.documentNumber,
      })
      const timestamp = String(received!.headers['huiqian-timestamp'])
      const mac = createHmac('sha256', SECRET)
        .update(`${timestamp}.${received!.body}`)
        .digest('hex')
      expect(received!.headers['huiqian-signature']).toBe(`v1=${mac}`)
      expect(mail.mails).toHaveLength(1)
      const text = Buffer.from(mail.mails[0]!.data.split('\n\n')[1] ?? '', 'base64').toString()
      expect(text).toContain(letter!.letterId)
      expect(received!.body + text).not.toMatch(/北江|水位|全文/)
      const { DELIVERED } = NotificationState
      expect((await notificationsOf('市卫生健康局')).map(({ state }) => state)).toEqual([
        ...[DELIVERED, DELIVERED],
      ])
      expect(await notificationsOf('市公安局')).toEqual([])
    },
    PATIENCE_MS,
  )

  test(
    'what could not be told is told later, and no letter and no clock waited for it',
    async () => {
      hook.answer = (response) => void response.writeHead(503).end()
      const affects = ['市卫生健康局']
      const release = await office.as('市水利局').submitsRelease('第二件', { affects })
      await office.settles()
      const consultation = await office.as('市卫生健康局').consultationOn(release)
      expect(consultation.state).toBe(ConsultationState.RUNNING) // received, told or not
      const waiting = (await notificationsOf('市卫生健康局')).filter(
        ({ state }) => state === NotificationState.WAITING,
      )
      expect(waiting).toMatchObject([{ attempts: 1, lastFailure: 'status-5xx' }])
      hook.answer = (response) => void response.writeHead(204).end()
      await office.jumpsTo('2026-09-28T10:01:00+08:00')
      expect(await notificationsOf('市卫生健康局')).not.toContainEqual(
        expect.objectContaining({ state: NotificationState.WAITING }),
      )
    },
    PATIENCE_MS,
  )
})
