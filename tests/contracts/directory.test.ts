// The directory's own tables and questions, on both databases; and two instances of it on one of them.
import { describe, expect, onTestFinished, test } from 'vitest'
import { Level, Role } from '../../gen/huiqian/directory/v1/directory.js'
import { sampleAgencies } from '../../services/directory/sample/sample.js'
import { openDirectoryHouse, SECURITY } from '../../services/directory/service.fixture.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { parseInstant } from '../../shared/working-days/working-days.js'
import { kinds, postgres, type Kind } from './databases.js'

const sample = sampleAgencies()
const named = (name: string) => sample.find((one) => one.name === name)!
const ALL = {
  ...{ region: '', level: Level.UNSPECIFIED, role: Role.UNSPECIFIED, nameContains: '' },
  ...{ pageSize: 0, pageToken: '' },
}

async function open(kind: Kind) {
  const house = await openDirectoryHouse({ database: kind.place().config })
  onTestFinished(() => house.close())
  return house
}

for (const kind of kinds)
  describe.runIf(kind.here)(`the directory on ${kind.dialect}`, () => {
    test('imports, lists, finds, resolves, revokes and starts again', async () => {
      const house = await open(kind)
      const operator = await house.directory()
      const request = { requestId: 'i-1', agencies: sample, preview: false }
      const answer = await operator.importAgencies(request)
      expect(answer.registered).toHaveLength(97)
      expect(await operator.importAgencies(request)).toEqual(answer)
      const names = async (filter: Partial<typeof ALL>) =>
        (await operator.listAgencies({ ...ALL, ...filter })).agencies.map(({ name }) => name)
      expect(await names({ nameContains: '清远市水利' })).toEqual(['清远市水利局'])
      expect(await names({ nameContains: '_' })).toEqual([])
      expect(await names({ role: Role.COMPETENT_AUTHORITY, level: Level.COUNTY })).toHaveLength(8)
      const first = await operator.listAgencies({ ...ALL, pageSize: 60 })
      const rest = await operator.listAgencies({ ...ALL, pageToken: first.nextPageToken })
      const codes = [...first.agencies, ...rest.agencies].map(({ creditCode }) => creditCode)
      expect(codes).toEqual(sample.map(({ creditCode }) => creditCode).sort())
      const { superiorOrgan } = await operator.resolveCoordinators({
        releasingAgency: named('清城区水利局').creditCode,
        parties: [],
        asOf: undefined,
      })
      expect(superiorOrgan?.name).toBe('清城区人民政府')
      const { agency } = await operator.getAgency({ creditCode: named('清远市水利局').creditCode })
      const update = { requestId: 'u-1', agency: { ...agency!, aliases: ['水利局'] } }
      expect((await operator.updateAgency(update)).agency?.version).toBe(2)
      expect((await operator.updateAgency(update)).agency?.version).toBe(2)
      const fingerprint = 'ab'.repeat(32)
      for (const who of SECURITY)
        await (
          await house.directory(who)
        ).revokeCredential({ requestId: 'c-1', fingerprint, reason: '遗失' })
      const told = await house.told()
      await house.restart()
      expect(await house.told()).toEqual(told)
      expect(house.hosted().revoked(fingerprint)).toBe(true)
      const calendar = await house.calendar()
      const { deadline } = await calendar.addWorkingDays({
        view: undefined,
        receivedAt: timestampOf(parseInstant('2026-09-28T10:00+08:00')),
        workingDays: 5,
      })
      expect(deadline?.lastDay).toBe('2026-10-10')
    })
  })

describe.runIf(postgres.here)('two instances on one database', () => {
  test('give a role one holder, and refuse what the other revoked', async () => {
    const database = postgres.place().config
    const houses = []
    for (const _ of [1, 2]) {
      const house = await openDirectoryHouse({ database })
      onTestFinished(() => house.close())
      houses.push(house)
    }
    const [one, other] = houses as [(typeof houses)[0], (typeof houses)[0]]
    const operators = [await one.directory(), await other.directory()] as const
    const without = sample.map((agency) => ({ ...agency, roles: [] }))
    await operators[0].importAgencies({ requestId: 'i-1', agencies: without, preview: false })
    const rivals = ['清远市人民政府办公室', '清远市司法局', '清远市财政局', '清远市水利局'].map(
      named,
    )
    const outcomes = await Promise.allSettled(
      rivals.map((agency, index) =>
        operators[index % 2 === 0 ? 0 : 1].updateAgency({
          requestId: `u-${index}`,
          agency: { ...agency, version: 1, roles: [Role.COMPETENT_AUTHORITY] },
        }),
      ),
    )
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => (reason as { reason: string }).reason)).toEqual(
      Array(3).fill('ROLE_TAKEN'),
    )
    expect((await one.told()).filter(({ kind }) => kind === 'CalendarRevised')).toHaveLength(1)

    const fingerprint = 'cd'.repeat(32)
    for (const who of SECURITY)
      await (
        await one.directory(who)
      ).revokeCredential({ requestId: 'c-1', fingerprint, reason: '遗失' })
    expect(other.hosted().revoked(fingerprint)).toBe(false) // these two share no bus
    other.clock.turnTo(other.clock.now() + 5_000)
    await other.hosted().settle()
    expect(other.hosted().revoked(fingerprint)).toBe(true)
  })
})
