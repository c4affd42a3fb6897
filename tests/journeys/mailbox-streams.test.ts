// Many agencies watch their mailboxes at once: each is told of its own letters and of nobody else's, and
// goes on from where it was.
import { afterEach, expect, test } from 'vitest'
import { MailboxServiceClient } from '../../gen/huiqian/delivery/v1/delivery.js'
import { connect } from '../../shared/rpc/client.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice } from '../office/office.js'

const STREAMS = 1_000
const STREAMS_A_CONNECTION = 100
const WATER = '市水利局'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

await inEachShape('mailboxes', (shape) => {
  test(`are watched by ${STREAMS} streams, each woken by its own letters`, async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const { agencies } = await office.operator.listsAgencies()
    const watchers = agencies
      .filter(({ region, mailbox }) => region === '441800' && mailbox !== undefined)
      .filter(({ name }) => name !== '清远市水利局')
      .slice(0, STREAMS / STREAMS_A_CONNECTION)
    const heard: { agency: string; letterId: string; after: number }[] = []
    const ended: Promise<unknown>[] = []
    const watching: AbortController[] = []
    for (const { creditCode } of watchers) {
      const certificates = await office.premises.certificateOf({ kind: 'agency', code: creditCode })
      const address = office.premises.addressOf('delivery')
      const calls = connect(MailboxServiceClient, address, certificates, { ownConnection: true })
      closing.push(calls.close)
      for (let stream = 0; stream < STREAMS_A_CONNECTION; stream++)
        ended.push(
          (async () => {
            const one = new AbortController()
            watching.push(one)
            for await (const { entry } of calls.watchMailbox({ after: 0 }, one))
              heard.push({
                agency: creditCode,
                letterId: entry?.letterId ?? '',
                after: entry?.number ?? 0,
              })
          })().catch((error: unknown) => error),
        )
    }
    const affects = watchers.map(({ name }) => name)
    const release = await office.as(WATER).submitsRelease('水库水位', { affects })
    await office.settles()
    await until(() => heard.length >= STREAMS)
    // Everybody heard of one letter, all streams of an agency of the same one, no two agencies of the same.
    expect(heard).toHaveLength(STREAMS)
    const letters = new Map(heard.map(({ agency, letterId }) => [agency, letterId]))
    expect(heard.every(({ agency, letterId }) => letters.get(agency) === letterId)).toBe(true)
    expect(new Set(letters.values()).size).toBe(watchers.length)

    const first = watchers[0]!
    await office.as(WATER).withdraws(release, '有误。')
    await office.settles()
    await until(() => heard.length >= 2 * STREAMS)
    for (const one of watching) one.abort()
    await Promise.all(ended)

    // Resumed from the first letter, a watcher hears of the second only.
    const certificates = await office.premises.certificateOf({
      kind: 'agency',
      code: first.creditCode,
    })
    const calls = connect(
      MailboxServiceClient,
      office.premises.addressOf('delivery'),
      certificates,
      { ownConnection: true },
    )
    closing.push(calls.close)
    for await (const { entry } of calls.watchMailbox({ after: 1 })) {
      expect(entry?.number).toBe(2)
      break
    }
  })
})

async function until(holds: () => boolean): Promise<void> {
  const ends = performance.now() + 60_000
  while (!holds()) {
    if (performance.now() > ends) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
