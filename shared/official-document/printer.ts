// Prints PDFs in a thread of its own, one after another: started with the first one, ended with the
// service. A thread that fails or takes too long is ended, and the next print begins with a new one.
import type { Worker } from 'node:worker_threads'
import { openThread } from '../process/thread.js'
import { Refusal } from '../refusal/refusal.js'
import { missingGlyph } from './missing-glyph.js'
import type { Fonts, OfficialDocument } from './official-document.js'
import type { Answered, Asked } from './pdf-worker.js'

const WAITING_MAX = 64
const PRINT_MS = 60_000

export type Printer = {
  /** The PDF. A Refusal where a character has no glyph, or too many wait. */
  print(document: OfficialDocument): Promise<Uint8Array>
  stop(): Promise<void>
}

type Job = {
  readonly document: OfficialDocument
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
}

export type PrinterOptions = { readonly printMs?: number; readonly waitingMax?: number }

export function printer(fonts: Fonts, options: PrinterOptions = {}): Printer {
  const { printMs = PRINT_MS, waitingMax = WAITING_MAX } = options
  const waiting: Job[] = []
  let thread: Worker | undefined
  let working:
    { readonly id: number; readonly job: Job; readonly timer: NodeJS.Timeout } | undefined
  let ids = 0
  let stopped = false

  const next = (): void => {
    const job = working === undefined ? waiting.shift() : undefined
    if (job === undefined) return
    const id = ++ids
    const timer = setTimeout(() => fail(new Error('a print takes too long')), printMs)
    working = { id, job, timer }
    const asked: Asked = { id, document: job.document }
    thread ??= begin()
    thread.ref()
    thread.postMessage(asked)
  }
  const done = (finish: (job: Job) => void): void => {
    if (working === undefined) return
    const { job, timer } = working
    clearTimeout(timer)
    working = undefined
    thread?.unref()
    finish(job)
    next()
  }
  const fail = (error: Error): void => {
    const failed = thread
    thread = undefined
    void failed?.terminate()
    done(({ reject }) => reject(error))
  }
  const begin = (): Worker => {
    const worker = openThread(import.meta.url, 'pdf-worker', fonts)
    worker.on('message', (answered: Answered) => {
      if (worker !== thread || answered.id !== working?.id) return
      if ('bytes' in answered) return done(({ resolve }) => resolve(answered.bytes))
      const { missing, fault } = { missing: undefined, fault: '', ...answered }
      done(({ reject }) => reject(missing === undefined ? new Error(fault) : missingGlyph(missing)))
    })
    worker.on('error', (error) => worker === thread && fail(error))
    worker.on('exit', () => worker === thread && fail(new Error('the printing thread ended')))
    return worker
  }

  return {
    print: (document) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(new Error('the printer has stopped'))
        if (waiting.length >= waitingMax)
          return reject(new Refusal('overloaded', 'DOCUMENTS_BUSY', 'house/documents'))
        waiting.push({ document, resolve, reject })
        next()
      }),
    async stop() {
      stopped = true
      const ended = new Error('the printer has stopped')
      for (const { reject } of waiting.splice(0)) reject(ended)
      const last = thread
      thread = undefined
      done(({ reject }) => reject(ended))
      await last?.terminate()
    },
  }
}
