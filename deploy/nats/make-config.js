// Keys and a configuration for a NATS server of one's own: `npm run build`, then
//   node deploy/nats/make-config.js <folder> [port] [host]
// The services of the house and what they hear stand in services.json beside this file.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { prepareNats } from '../../dist/shared/bus/prepare-nats.js'

const [folder, port = '4222', host = '127.0.0.1'] = process.argv.slice(2)
if (folder === undefined || !/^\d+$/.test(port)) {
  console.error('usage: node deploy/nats/make-config.js <folder> [port] [host]')
  process.exit(2)
}
const dir = resolve(folder)
const services = JSON.parse(readFileSync(new URL('services.json', import.meta.url), 'utf8'))
const { keys, configFile } = prepareNats({
  dir,
  services,
  port: Number(port),
  host,
  storeDir: join(dir, 'store'),
})
console.log(`configuration: ${configFile}`)
for (const name of keys.keys()) console.log(`key of ${name}: ${join(dir, 'keys', `${name}.nkey`)}`)
console.log(`start it with: nats-server -c ${configFile}`)
