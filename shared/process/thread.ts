// A thread of its own for a file of ours. Built, it is started as it is; from the sources (tests, development) it needs a
// loader first.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Starts `<name>.js` beside the file whose url is given; from sources `<name>.ts`. */
export function openThread(beside: string, name: string, workerData?: unknown): Worker {
  if (!beside.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, beside), { workerData })
  const tsx = pathToFileURL(createRequire(beside).resolve('tsx/package.json'))
  const loader = new URL('./dist/esm/api/index.mjs', tsx).href
  const source = JSON.stringify(new URL(`./${name}.ts`, beside).href)
  const load = `import('${loader}').then(({ tsImport }) => tsImport(${source}, ${source}))`
  return new Worker(load, { workerData, eval: true })
}
