import { describe, expect, test } from 'vitest'
import type { ListedLetter } from '../store/mailbox-page.js'
import { doorbells } from './doorbells.js'
import { sharedPages, WATCH_PAGE_MAX } from './shared-pages.js'

describe('a bell', () => {
  test('wakes whoever waits at its mailbox, and nobody else', async () => {
    const { waitAt, ring } = doorbells()
    const woken: string[] = []
    const wait = (name: string, mailbox: string) =>
      void waitAt(mailbox)
        .rung()
        .then(() => woken.push(name))
    wait('a1', 'a')
    wait('a2', 'a')
    wait('b1', 'b')
    ring('a')
    await Promise.resolve()
    await Promise.resolve()
    expect(woken).toEqual(['a1', 'a2'])
  })

  test('that rang while its listener was busy is heard afterwards, once', async () => {
    const { waitAt, ring } = doorbells()
    const bell = waitAt('a')
    ring('a')
    ring('a')
    expect(await bell.rung()).toBe(true)
    const next = bell.rung().then(() => 'rung')
    expect(await Promise.race([next, Promise.resolve('quiet')])).toBe('quiet')
    ring('a')
    expect(await next).toBe('rung')
  })

  test('lets its listener go when it leaves, and leaves nothing behind', async () => {
    const { waitAt, ring, count } = doorbells()
    const bells = Array.from({ length: 1_000 }, () => waitAt('a'))
    const waits = bells.map((bell) => bell.rung())
    expect(count()).toBe(1_000)
    for (const bell of bells) {
      bell.leave()
      bell.leave() // twice is once
    }
    expect(await Promise.all(waits)).toEqual(bells.map(() => false))
    expect(count()).toBe(0)
    expect(await bells[0]?.rung()).toBe(false)
    ring('a')
  })
})

describe('a page', () => {
  const row = (number: number) => ({ number }) as ListedLetter

  test('is read once for all who heard the same rings, and anew after the next', async () => {
    const { waitAt, ring } = doorbells()
    let readings = 0
    let letters = 0
    const pages = sharedPages(async ({ after }) => {
      readings++
      const present = Array.from({ length: letters }, (_, index) => row(index + 1))
      await Promise.resolve() // what comes while it reads is not in it
      return present.filter(({ number }) => (number ?? 0) > after).slice(0, WATCH_PAGE_MAX)
    })
    const bells = Array.from({ length: 1_000 }, () => waitAt('a'))
    const all = () => Promise.all(bells.map((bell) => pages('a', 0, bell.generation())))
    expect((await all()).map(({ length }) => length)).toEqual(bells.map(() => 0))
    expect(readings).toBe(1)

    const early = pages('a', 0, bells[0]?.generation() ?? 0)
    letters = 1
    ring('a') // the reading above began before this letter
    expect((await all()).map(({ length }) => length)).toEqual(bells.map(() => 1))
    expect(await early).toHaveLength(0)
    expect(readings).toBe(3)
  })

  test('is not shared with a listener that came after everybody had left', async () => {
    const { waitAt } = doorbells()
    const first = waitAt('a')
    const before = first.generation()
    first.leave()
    expect(waitAt('a').generation()).not.toBe(before)
  })
})
