// Every policy pack of the house against its vectors: what a case becomes under it, computed apart from
// this code (services/coordination/pack/pack-vectors.json), and what differs where two packs meet.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deadlinesBy } from '../../services/coordination/calendar/deadlines.js'
import { articleOf, packName, ruleOf, type Pack } from '../../services/coordination/pack/pack.js'
import { POINTS, pointsOf, type PointName } from '../../services/coordination/pack/points.js'
import { readPack } from '../../services/coordination/pack/read-pack.js'
import { officialInstruments } from '../../services/directory/store/official-calendar.js'

const room = new URL('../../services/coordination/pack/', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, room), 'utf8'))
const packs = readdirSync(new URL('packs/', room)).map((file): Pack => {
  const found = readPack(read(`packs/${file}`))
  if ('faults' in found) throw new Error(`${file}: ${found.faults.join('; ')}`)
  return found.pack
})
const byName = (name: string): Pack => {
  const found = packs.find((pack) => packName(pack) === name)
  if (found === undefined) throw new Error(`no pack is called ${name}`)
  return found
}

type Vector = {
  readonly pack: string
  readonly receivedAt: string
  readonly lastDay: string
  readonly deadline: string
  readonly silence: string
  readonly silenceArticle: string
  readonly escalation: readonly string[]
  readonly appliesTo: readonly string[]
  readonly onlyJointlyMade: boolean
}
const vectors = read('pack-vectors.json') as readonly Vector[]

const deadlines = deadlinesBy({
  number: 1,
  recordedAt: 0,
  author: 'operator/test',
  instruments: officialInstruments(),
  digest: '',
})
const caseOf = (pack: Pack, receivedAt: number) => ({
  attribute: 'active' as const,
  jointlyMade: false,
  deadline: deadlines.of(receivedAt, pack, 'CN'),
})

describe('a policy pack of the house', () => {
  test.each(vectors.map((vector) => [vector.pack, vector.receivedAt, vector] as const))(
    '%s, a letter received %s, is as its vector says',
    (name, receivedAt, vector) => {
      const pack = byName(name)
      const deadline = deadlines.of(Date.parse(receivedAt), pack, 'CN')
      expect(deadline).toMatchObject({
        lastDay: vector.lastDay,
        at: Date.parse(vector.deadline),
        provisional: false,
      })
      expect(pack.silence.effect).toBe(vector.silence)
      expect(ruleOf(pack, pack.silence)).toBe(vector.silenceArticle)
      expect(pack.escalation.to).toEqual(vector.escalation)
      expect(pack.appliesTo).toMatchObject({
        attributes: vector.appliesTo,
        onlyJointlyMade: vector.onlyJointlyMade,
      })
    },
  )

  test.each(packs.map((pack) => [packName(pack), pack] as const))(
    '%s has vectors, and every point rests on an article of its own or on the house',
    (name, pack) => {
      expect(vectors.filter((vector) => vector.pack === name).length).toBeGreaterThanOrEqual(3)
      const points = pointsOf(pack, caseOf(pack, Date.parse('2026-09-28T10:00+08:00')))
      expect(Object.keys(points)).toEqual(Object.keys(POINTS))
      for (const { words, rule } of Object.values(points)) {
        expect(words.zh).not.toBe('')
        expect(words.en).not.toBe('')
        if (!('law' in rule)) expect(articleOf(pack, rule).citation).not.toBe('')
      }
    },
  )
})

describe('the same case under two packs', () => {
  const at = Date.parse('2026-09-28T10:00+08:00')
  const differing = (one: string, other: string): string[] => {
    const [a, b] = [byName(one), byName(other)].map((pack) => pointsOf(pack, caseOf(pack, at)))
    return (Object.keys(POINTS) as PointName[]).filter(
      (point) => a?.[point].words.zh !== b?.[point].words.zh,
    )
  }
  test.each([
    [
      'qingyuan-2011@1',
      'express-confirmation@1',
      ['silence', 'escalation', 'standing-instruction', 'co-review'],
    ],
    [
      'qingyuan-2011@1',
      'common-superior@1',
      [
        ...['reply-within', 'last-day', 'deadline', 'escalation'],
        ...['standing-instruction', 'co-review'],
      ],
    ],
    [
      'qingyuan-2011@1',
      'ordinance-2019-34@1',
      [
        ...['applies', 'reply-within', 'last-day', 'deadline', 'confirmations'],
        ...['co-review', 'publication-clock'],
      ],
    ],
    ['qingyuan-2011@1', 'qingyuan-2011@1', []],
  ])('%s and %s differ in exactly what the texts differ in', (one, other, expected) => {
    expect(differing(one, other)).toEqual(expected)
  })
})
