// What is built into the service besides our own code, and whether it may be: exact versions, a lockfile without
// addresses, install scripts by name, licences by name, few packages.
//
//   node deploy/supply-chain.js           the table of what is used in production, and what is wrong
//   node deploy/supply-chain.js --sbom    the software bill of materials (CycloneDX, JSON) on standard output
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Licences that may be built in: permissive ones, and that of the font. */
export const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
]
/** Packages whose record says no licence: what their own files say, looked up by a person. */
export const LOOKED_UP = { 'png-js': 'MIT' }
/** More than these, and it is time to ask what each is for. */
export const PRODUCTION_MAX = 160

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/

/** The packages of production: [name, entry of the lockfile]. */
export const productionOf = ({ packages }) =>
  Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => [path.split('node_modules/').at(-1), entry])

/** Everything that is wrong with a package.json and its lockfile, in words. */
export function faultsOf({ dependencies, devDependencies, allowScripts }, lock) {
  const faults = []
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    if (!EXACT.test(version)) faults.push(`${name}: ${version} is no exact version`)
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue
    const name = path.split('node_modules/').at(-1)
    if (entry.resolved !== undefined) faults.push(`${path}: the lockfile has an address`)
    if (entry.integrity === undefined && !entry.inBundle) faults.push(`${path}: no integrity`)
    if (entry.hasInstallScript && allowScripts[name] === undefined)
      faults.push(`${path}: has an install script that nobody decided on (allowScripts)`)
  }
  const production = productionOf(lock)
  for (const [name, entry] of production)
    if (!mayBeBuiltIn(licenceOf(name, entry)))
      faults.push(`${name}: licence ${licenceOf(name, entry)} is not in the list`)
  if (production.length > PRODUCTION_MAX)
    faults.push(`${production.length} packages in production, more than ${PRODUCTION_MAX}`)
  return faults
}

const licenceOf = (name, entry) => entry.license ?? LOOKED_UP[name] ?? 'unknown'

/** An SPDX expression of `AND` and `OR`, one level deep: as our packages have them. */
export function mayBeBuiltIn(expression) {
  const bare = expression.replace(/^\(|\)$/g, '')
  return bare.includes(' AND ')
    ? bare.split(' AND ').every((one) => LICENCES.includes(one))
    : bare.split(' OR ').some((one) => LICENCES.includes(one))
}

/**
 * The bill of materials of production, by npm, with neither the instant nor the serial number: the same for the same
 * lockfile. `--omit dev` would leave out what tools for development need as well (26 packages, npm 11.19): narrowed here.
 */
export function billOfMaterials() {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const { serialNumber: _, metadata, components, dependencies, ...bill } = JSON.parse(text)
  const { timestamp: __, ...rest } = metadata
  const built = new Set(
    productionOf(readJson('package-lock.json')).map(([name, { version }]) => `${name}@${version}`),
  )
  const isBuilt = ({ name, version }) => built.has(`${name}@${version}`)
  const kept = components.filter(isBuilt)
  const refs = new Set([rest.component?.['bom-ref'], ...kept.map((one) => one['bom-ref'])])
  const edges = dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((to) => refs.has(to)) }))
  return { ...bill, metadata: rest, components: kept, dependencies: edges }
}

const readJson = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))

function table() {
  const [own, lock] = [readJson('package.json'), readJson('package-lock.json')]
  const faults = faultsOf(own, lock)
  const production = productionOf(lock)
  const direct = production.filter(([name]) => own.dependencies[name] !== undefined)
  for (const [name, entry] of direct)
    console.log(`${name.padEnd(36)} ${entry.version.padEnd(10)} ${licenceOf(name, entry)}`)
  const counts = {}
  for (const [name, entry] of production)
    counts[licenceOf(name, entry)] = (counts[licenceOf(name, entry)] ?? 0) + 1
  console.log(`${direct.length} asked for, ${production.length} with what they ask for:`)
  for (const [licence, count] of Object.entries(counts).sort())
    console.log(`  ${count}  ${licence}`)
  for (const fault of faults) console.log(`wrong: ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  if (process.argv.includes('--sbom')) console.log(JSON.stringify(billOfMaterials(), null, 2))
  else table()
