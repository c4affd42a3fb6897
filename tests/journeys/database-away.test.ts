// PostgreSQL is taken away from a house that serves, and comes back: health says so, nothing is half done, silence
// does not count for the time, and the house goes on by itself.
import { service as healthDefinition } from 'grpc-health-check'
import { expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { PATIENCE_MS } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'
import { freshSchema, sharedPostgres } from '../servers/shared.js'
import { openWire } from '../servers/wire.js'

const [WATER, HEALTH, JUSTICE] = ['市水利局', '市卫生健康局', '市司法局'] as const
const url = await sharedPostgres()

type Told = { status: string }

/** What the house says of itself, as a common health probe asks it. */
async function probe(office: Office) {
  const certificates = await office.premises.certificateOf({ kind: 'operator', name: 'admin' })
  const calls = connect({ service: healthDefinition }, office.premises.addressOf('directory'), {
    ...certificates,
  })
  const [name = ''] =
    Object.entries(healthDefinition).find(([, { path }]) => path.endsWith('/Check')) ?? []
  const check = calls[name] as never as (request: { service: string }) => Promise<Told>
  return {
    async says(wanted: string): Promise<void> {
      await expect
        .poll(async () => (await check({ service: '' })).status, { timeout: 30_000, interval: 200 })
        .toBe(wanted)
    },
    close: calls.close,
  }
}

test.skipIf(url === undefined)(
  'a database that is taken away and given back',
  { timeout: PATIENCE_MS },
  async () => {
    const through = new URL(url ?? '')
    const wire = await openWire({ host: through.hostname, port: Number(through.port) })
    through.port = String(wire.port)
    try {
      await using office = await openOffice({
        ...{ today: '2026-09-28', shape: 'one process' },
        config: {
          databases: {
            ...{ kind: 'postgres', url: through.toString(), schemaPrefix: `${freshSchema()}_` },
          },
        },
      })
      const health = await probe(office)
      await health.says('SERVING')
      const release = await office
        .as(WATER)
        .submitsRelease('水库水位', { affects: [HEALTH, JUSTICE] })
      await office.settles()

      await wire.cut()
      await health.says('NOT_SERVING')
      const lost = await office
        .as(JUSTICE)
        .givesOpinion(release, 'consent')
        .catch((error: unknown) => error)
      expect(lost).toBeInstanceOf(CallFailed)
      expect(lost).toMatchObject({
        status: 'UNAVAILABLE',
        reason: 'IN_DOUBT',
        unknownOutcome: true,
      })

      await wire.mend()
      await health.says('SERVING')
      // What was not acknowledged is not on record, and is asked again.
      expect((await office.as(JUSTICE).consultationOn(release)).state).toBe(
        ConsultationState.RUNNING,
      )
      await office.as(JUSTICE).givesOpinion(release, 'consent')
      await office.livesUntil('2026-10-11T00:00:15+08:00')
      expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
      expect(
        await office.as(HEALTH).entries(LetterKind.CERTIFICATE_OF_DEEMED_CONSENT),
      ).toHaveLength(1)
      health.close()
    } finally {
      await wire.close()
    }
  },
)
