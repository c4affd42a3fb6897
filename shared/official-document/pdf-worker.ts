// The thread in which PDFs are made: a long draft takes longer than the calls beside it may wait.
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../refusal/refusal.js'
import type { Fonts, OfficialDocument } from './official-document.js'
import { ownFont } from './own-font.js'
import { pdfOf, type FontBytes } from './pdf.js'

/** What the thread is asked, and what it answers: the bytes, or the values of a refusal. */
export type Asked = { readonly id: number; readonly document: OfficialDocument }
export type Answered =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly missing: string }
  | { readonly id: number; readonly fault: string }

const { body, title } = workerData as Fonts
const fonts: FontBytes = {
  own: readFileSync(ownFont()),
  body: body === '' ? undefined : readFileSync(body),
  title: title === '' ? undefined : readFileSync(title),
}

async function answer({ id, document }: Asked): Promise<Answered> {
  try {
    return { id, bytes: await pdfOf(document, fonts) }
  } catch (error) {
    const missing = error instanceof Refusal ? error.params['character'] : undefined
    if (typeof missing === 'string') return { id, missing }
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on(
  'message',
  (asked: Asked) => void answer(asked).then((it) => parentPort?.postMessage(it)),
)
