// A process whose parts misbehave as told by its argument; it says what it does on standard output.
import { openLog } from './log.js'
import { OperatorError } from './operator-error.js'
import { runProcess } from './process.js'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const part =
  (name: string, stop: () => Promise<void> | void = () => {}) =>
  () =>
    Promise.resolve({
      part: name,
      stop: () => {
        say(`stop ${name}`)
        return stop()
      },
    })

const misbehaviour = process.argv[2] ?? ''
setInterval(() => {}, 1000)
await runProcess(
  openLog('info'),
  async (parts) => {
    await parts.start('database', part('database'))
    await parts.start(
      'bus',
      part('bus', () => {
        if (misbehaviour === 'stop-throws') throw new Error('CANARY')
        if (misbehaviour === 'stop-hangs') return new Promise(() => {})
      }),
    )
    if (misbehaviour === 'start-throws')
      throw new OperatorError('the port is taken: choose another')
    await parts.start('server', part('server'))
    if (misbehaviour === 'rejects') void Promise.reject(new Error('CANARY'))
    if (misbehaviour === 'throws')
      setTimeout(() => {
        throw new Error('CANARY')
      }, 0)
    say('started')
  },
  { partMs: 200, wholeMs: 1_000 },
)
