import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openMetrics, serveMetrics, type MetricsEndpoint } from './metrics.js'

const open: MetricsEndpoint[] = []
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.stop()
})

describe('metrics', () => {
  test('count calls, commits, lag and duties', async () => {
    const metrics = openMetrics({ processNumbers: false })
    metrics.call({ method: 'a.B/C', status: 'OK', seconds: 0.003 })
    metrics.call({ method: 'a.B/C', status: 'OK', seconds: 0.004 })
    metrics.commit({ service: 'directory', changes: 7, seconds: 0.001 })
    metrics.lag('coordination', 'delivery', 12)
    metrics.duty({
      service: 'coordination',
      duty: 'deem-consents',
      done: 3,
      seconds: 1,
      failed: false,
    })
    metrics.duty({
      service: 'coordination',
      duty: 'deem-consents',
      done: 0,
      seconds: 1,
      failed: true,
    })
    const text = await metrics.text()
    expect(text).toContain('huiqian_call_seconds_count{method="a.B/C",status="OK"} 2')
    expect(text).toContain('huiqian_commit_changes_sum{service="directory"} 7')
    expect(text).toContain('huiqian_feed_lag_entries{service="coordination",source="delivery"} 12')
    expect(text).toContain('huiqian_duty_done_total{service="coordination",duty="deem-consents"} 3')
    expect(text).toContain(
      'huiqian_duty_failures_total{service="coordination",duty="deem-consents"} 1',
    )
  })
  test('of two processes in one test do not meet', async () => {
    const [one, other] = [openMetrics(), openMetrics()]
    one.lag('a', 'b', 5)
    expect(await one.text()).toContain('huiqian_feed_lag_entries{')
    expect(await other.text()).not.toContain('huiqian_feed_lag_entries{')
  })
})

describe('the endpoint', () => {
  const endpoint = async (host?: string): Promise<MetricsEndpoint> => {
    const made = await serveMetrics(openMetrics(), {
      port: 0,
      ...(host === undefined ? {} : { host }),
    })
    open.push(made)
    return made
  }
  test('answers GET /metrics and nothing else', async () => {
    const { address } = await endpoint()
    const answer = await fetch(`http://${address}/metrics`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('huiqian_process_cpu_seconds_total')
    expect((await fetch(`http://${address}/`)).status).toBe(404)
    expect((await fetch(`http://${address}/metrics`, { method: 'POST' })).status).toBe(404)
  })
  const outer = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address
  const reaches = (host: string, port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port }, () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('close', () => socket.destroy())
      socket.on('connect', () => socket.destroy())
    })
  test('is on loopback unless another host is configured', async () => {
    const portOf = ({ address }: MetricsEndpoint): number => Number(address.split(':').at(-1))
    const [loopback, everywhere] = [await endpoint(), await endpoint('0.0.0.0')]
    expect(loopback.address).toMatch(/^127\.0\.0\.1:/)
    const elsewhere = outer ?? '127.0.0.2' // another address of this machine, even where it has no network
    expect(await reaches(elsewhere, portOf(everywhere))).toBe(true)
    expect(await reaches(elsewhere, portOf(loopback))).toBe(false)
  })
})
