// Files of agencies and notices: what the generated readers would pass over is refused by its path.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { agenciesOf } from './commands/agency.js'
import { instrumentOf } from './commands/calendar.js'
import { NotUnderstood, type Text } from './command.js'

const SAMPLE = new URL('../directory/sample/qingyuan.json', import.meta.url)

function refusal(read: () => unknown): Text {
  try {
    read()
  } catch (error) {
    if (error instanceof NotUnderstood) return error.text
    throw error
  }
  throw new Error('it was taken')
}

describe('a file of agencies', () => {
  test('is taken as the sample is, whole', () => {
    const text = readFileSync(SAMPLE, 'utf8')
    expect(agenciesOf(text)).toHaveLength((JSON.parse(text) as unknown[]).length)
  })
  test('may have keys in either form of the contract, and null for what is not there', () => {
    const text = '[{"credit_code":"x","validFrom":"2026-01-01T00:00:00+08:00","mailbox":null}]'
    expect(agenciesOf(text)[0]).toMatchObject({ creditCode: 'x', mailbox: undefined })
  })
  test.each([
    ['[{},{"superoir":"x"}]', 'agencies[1].superoir', '没有这个字段', 'no such field'],
    ['[{"mailbox":{"adress":"x"}}]', 'agencies[0].mailbox.adress', '没有这个字段', 'address'],
    ['[{"mailbox":"x"}]', 'agencies[0].mailbox', '应为 JSON 对象', 'an object'],
    ['[{"level":"COUNTY"}]', 'agencies[0].level', 'LEVEL_COUNTY', 'LEVEL_COUNTY'],
    ['[{"level":9}]', 'agencies[0].level', 'LEVEL_COUNTY', 'LEVEL_COUNTY'],
    ['[{"leadership":"local"}]', 'agencies[0].leadership', 'LEADERSHIP_LOCAL', 'LEADERSHIP_LOCAL'],
    ['[{"roles":["ROLE_X"]}]', 'agencies[0].roles[0]', 'ROLE_X', 'ROLE_COMPETENT_AUTHORITY'],
    ['[{"roles":"ROLE_X"}]', 'agencies[0].roles', '应为列表', 'a list'],
    ['[{"aliases":[7]}]', 'agencies[0].aliases[0]', '应为文字', 'text'],
    ['[{"name":7}]', 'agencies[0].name', '应为文字', 'text'],
    ['[{"sample":"no"}]', 'agencies[0].sample', 'true', 'true'],
    ['[{"version":"1"}]', 'agencies[0].version', '整数', 'whole number'],
    ['[{"validUntil":"2026"}]', 'agencies[0].validUntil', '时刻', 'an instant'],
    ['[{},null]', 'agencies[1]', '应为 JSON 对象', 'an object'],
    ['["x"]', 'agencies[0]', '应为 JSON 对象', 'an object'],
    ['{}', '文件', '列表', 'a list'],
    ['[', '文件', '不是 JSON', 'no JSON'],
  ])('%s is refused at %s', (text, path, zh, en) => {
    const told = refusal(() => agenciesOf(text))
    expect(told.zh).toContain(path)
    expect(told.zh).toContain(zh)
    expect(told.en).toContain(en)
  })
  test('with many faults tells the first of them, and how many more there are', () => {
    const told = refusal(() => agenciesOf(JSON.stringify(Array(15).fill({ a: 1 }))))
    expect(told.zh.split('\n')).toHaveLength(11)
    expect(told.en).toContain('and 5 more')
  })
})

describe('a file of a notice', () => {
  const day = '{"date":"2026-01-01","operation":"DAY_OPERATION_OFF","name":"元旦"}'
  test('is taken', () => {
    expect(instrumentOf(`{"number":"x","notifies":[2026],"days":[${day}]}`).days).toHaveLength(1)
  })
  test.each([
    ['[]', 'instrument'],
    ['{"dayes":[]}', 'instrument.dayes'],
    ['{"notifies":["2026"]}', 'instrument.notifies[0]'],
    ['{"days":[{"op":1}]}', 'instrument.days[0].op'],
    ['{"days":[{"operation":"OFF"}]}', 'instrument.days[0].operation'],
  ])('%s is refused at %s', (text, path) => {
    expect(refusal(() => instrumentOf(text)).zh.startsWith(`${path}：`)).toBe(true)
  })
})
