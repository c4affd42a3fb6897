// What trust costs: opinions/s of houses that seal with each suite and of one that seals nothing, in turns; and what the
// table of authorisation takes of an opinion. The table has no off switch: a house without it cannot be started.
import { performance } from 'node:perf_hooks'
import { CONSULTATION_ROWS } from '../../../shared/authorisation/coordination.js'
import { permitOn } from '../../../shared/authorisation/permit.js'
import { SIGNING_SUITES, type SigningSuite as Suite } from '../../../shared/identity/signing-key.js'
import { signed, signersOf } from './signing.js'
import { AFFECTED, eventsOf, openBenchHouse, type BenchHouse } from './house.js'
import { load, spreadOf, type Spread } from './measure.js'
import { openBenchOffice } from './office.js'

const KINDS = ['none', 'aes-256-gcm', 'sm4-sm3'] as const
const PERMITS = 200_000

export type Trust = {
  /** Opinions/s at 64 in flight; `of clear`: as a share of the house that seals nothing, in the same round. */
  readonly sealing: readonly { cipher: string; perSecond: Spread; ofClear: Spread }[]
  /** Opinions/s where every opinion carries a signature that is verified, as a share of those without, in the same round. */
  readonly signing: readonly { suite: Suite; perSecond: Spread; ofUnsigned: Spread }[]
  readonly permitMicroseconds: number
}

export async function trust(repeats: number, opinions: number): Promise<Trust> {
  const houses = new Map<(typeof KINDS)[number], BenchHouse>()
  for (const cipher of KINDS)
    houses.set(cipher, await openBenchHouse(`sealed-${cipher}`, { cipher }))
  const rates = new Map(KINDS.map((cipher) => [cipher, [] as number[]]))
  for (const house of houses.values()) await given(house, opinions / 4)
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const cipher of repeat % 2 === 0 ? KINDS : [...KINDS].reverse())
      rates.get(cipher)!.push(await given(houses.get(cipher)!, opinions))
  const sealedHouse = houses.get('aes-256-gcm')!
  const signing = new Map<Suite, number[]>()
  const unsigned: number[] = []
  const signers = new Map<Suite, Awaited<ReturnType<typeof signersOf>>>()
  for (const suite of SIGNING_SUITES) {
    signers.set(suite, await signersOf(sealedHouse, suite))
    signing.set(suite, [])
    await given(sealedHouse, opinions / 12, signers.get(suite)) // warm: the thread of SM2 begins
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    unsigned.push(await given(sealedHouse, opinions))
    signing.get('ed25519')!.push(await given(sealedHouse, opinions, signers.get('ed25519')))
    signing.get('sm2')!.push(await given(sealedHouse, opinions / 4, signers.get('sm2')))
  }
  for (const { house } of houses.values()) await house.stop()
  const clear = rates.get('none')!
  return {
    sealing: KINDS.map((cipher) => ({
      cipher,
      perSecond: spreadOf(rates.get(cipher)!),
      ofClear: spreadOf(rates.get(cipher)!.map((rate, round) => rate / clear[round]!)),
    })),
    signing: SIGNING_SUITES.map((suite) => ({
      suite,
      perSecond: spreadOf(signing.get(suite)!),
      ofUnsigned: spreadOf(signing.get(suite)!.map((rate, round) => rate / unsigned[round]!)),
    })),
    permitMicroseconds: permits(),
  }
}

/** So many opinions with 64 in flight, counted back from the record; a second's worth of them. */
async function given(
  main: BenchHouse,
  total: number,
  signers?: Awaited<ReturnType<typeof signersOf>>,
): Promise<number> {
  const office = await openBenchOffice(main.address, main.releasing, main.affected)
  const open = await Promise.all(Array.from({ length: total / AFFECTED }, () => office.submit()))
  const asked = open.flatMap(({ consultations, draftDigest }) =>
    consultations.map(({ agency, id }) => {
      const request = office.opinion(id, draftDigest, 'consent')
      const signer = signers?.get(agency)
      return { agency, request: signer ? signed(agency, request, signer) : request }
    }),
  )
  await main.house.ask('settle')
  const before = await eventsOf(main, 'OpinionGiven')
  const { perSecond } = await load(total, 64, (index) => {
    const { agency, request } = asked[index] as (typeof asked)[number]
    return office.gives(agency, request)
  })
  const now = await eventsOf(main, 'OpinionGiven')
  if (now - before !== total)
    throw new Error(`${total} opinions were acknowledged and ${now - before} are on record`)
  await office.close()
  return perSecond
}

function permits(): number {
  const row = CONSULTATION_ROWS.GiveOpinion
  const caller = { kind: 'agency', agency: '11441800QY00000462', system: 'oa' } as const
  const ask = (): void => {
    permitOn({ caller, row, permits: { asked: false } }, ['consulted'], 'consulting').lets(() => 1)
  }
  for (let warm = 0; warm < PERMITS / 10; warm++) ask()
  const from = performance.now()
  for (let asked = 0; asked < PERMITS; asked++) ask()
  return ((performance.now() - from) / PERMITS) * 1_000
}
