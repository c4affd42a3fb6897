// Numbers of a process for Prometheus: one registry a process, a fixed set of metrics whose labels
// are names in the code (never an agency, never a case).
import { createServer } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

export type Metrics = {
  /** A finished call: `huiqian.coordination.v1.ReleaseService/SubmitRelease`, `OK`. */
  call(report: { readonly method: string; readonly status: string; readonly seconds: number }): void
  /** A commit of a record: how many changes went into it together. */
  commit(report: {
    readonly service: string
    readonly changes: number
    readonly seconds: number
  }): void
  /** How many entries of a source's feed a listener has not taken yet. */
  lag(service: string, source: string, entries: number): void
  /** A round of a duty. */
  duty(report: {
    readonly service: string
    readonly duty: string
    readonly done: number
    readonly seconds: number
    readonly failed: boolean
  }): void
  /** Whether a service serves, as health tells it. */
  serving(service: string, serving: boolean): void
  /** How urgent something is that a person must see to: 0 not, 1 a warning, 2 an alarm. */
  alarm(service: string, alarm: string, level: 0 | 1 | 2): void
  /** Everything, in Prometheus' text form. */
  text(): Promise<string>
  readonly contentType: string
}

/** The metrics of a process; nothing is shared with another set of them. */
export function openMetrics({ processNumbers = true } = {}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (processNumbers) collectDefaultMetrics({ register: registry, prefix: 'huiqian_' })
  const calls = new Histogram({
    name: 'huiqian_call_seconds',
    help: 'Calls by method and status, and how long they took',
    labelNames: ['method', 'status'],
    buckets: SECONDS,
    registers,
  })
  const commitSeconds = new Histogram({
    name: 'huiqian_commit_seconds',
    help: 'How long commits took',
    labelNames: ['service'],
    buckets: SECONDS,
    registers,
  })
  const commitChanges = new Histogram({
    name: 'huiqian_commit_changes',
    help: 'How many changes went into one commit',
    labelNames: ['service'],
    buckets: SIZES,
    registers,
  })
  const lag = new Gauge({
    name: 'huiqian_feed_lag_entries',
    help: 'Entries of a feed that a listener has not taken yet',
    labelNames: ['service', 'source'],
    registers,
  })
  const dutySeconds = new Histogram({
    name: 'huiqian_duty_round_seconds',
    help: 'How long rounds of a duty took',
    labelNames: ['service', 'duty'],
    buckets: SECONDS,
    registers,
  })
  const dutyDone = new Counter({
    name: 'huiqian_duty_done_total',
    help: 'What a duty has done',
    labelNames: ['service', 'duty'],
    registers,
  })
  const dutyFailures = new Counter({
    name: 'huiqian_duty_failures_total',
    help: 'Rounds of a duty that failed',
    labelNames: ['service', 'duty'],
    registers,
  })
  const serving = new Gauge({
    name: 'huiqian_serving',
    help: '1 where a service serves, 0 where it does not',
    labelNames: ['service'],
    registers,
  })
  const alarms = new Gauge({
    name: 'huiqian_alarm',
    help: 'What a person must see to: 0 nothing, 1 a warning, 2 an alarm',
    labelNames: ['service', 'alarm'],
    registers,
  })
  return {
    call: ({ method, status, seconds }) => calls.observe({ method, status }, seconds),
    commit({ service, changes, seconds }) {
      commitSeconds.observe({ service }, seconds)
      commitChanges.observe({ service }, changes)
    },
    lag: (service, source, entries) => lag.set({ service, source }, entries),
    duty({ service, duty, done, seconds, failed }) {
      dutySeconds.observe({ service, duty }, seconds)
      dutyDone.inc({ service, duty }, done)
      dutyFailures.inc({ service, duty }, failed ? 1 : 0)
    },
    serving: (service, ok) => serving.set({ service }, ok ? 1 : 0),
    alarm: (service, alarm, level) => alarms.set({ service, alarm }, level),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

export type MetricsEndpoint = { readonly address: string; stop(): Promise<void> }

/** Serves `GET /metrics`, on loopback unless another host is configured: metrics have no access control. */
export function serveMetrics(
  metrics: Metrics,
  { host = '127.0.0.1', port }: { readonly host?: string; readonly port: number },
): Promise<MetricsEndpoint> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.requestTimeout = 5_000
  server.maxConnections = 16
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const bound = server.address()
      const real = typeof bound === 'object' && bound !== null ? bound.port : port
      resolve({
        address: `${host.includes(':') ? `[${host}]` : host}:${real}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
