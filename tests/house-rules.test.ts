// The rules of the house, as tables: the tables are the documentation. Every rule is a pure function over
// source texts, so that the same function is shown a planted offence and has to see it.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

type Source = { path: string; text: string }
type Rule = (source: Source) => string[]

// --- the tables ----------------------------------------------------------------------------------------------

/** What may stand at the top: these, dotfiles, and the settings of tools. */
const TOP = [
  /^(README\.md|package\.json|package-lock\.json|tsconfig\.json|LICENSE)$/,
  /^(eslint\.config\.js|vitest\.config\.ts|buf\.yaml|buf\.gen\.yaml)$/,
  /^\.(gitignore|gitattributes|npmrc|prettierrc|prettierignore|editorconfig|dockerignore)$/,
  /^(\.ci|proto|shared|services|deploy|tests)\//,
]

/** The rooms of shared/: each imports only from those before it. */
const ROOMS = [
  'identity',
  'refusal',
  'authorisation',
  'clock',
  'working-days',
  'merkle',
  'process',
  'official-document',
  'database',
  'confidentiality',
  'dossier',
  'bus',
  'rpc',
  'copies',
  'acts',
  'duties',
]

/** What of the generated code shared/ may know: no service's own words. */
const SHARED_CONTRACTS = /^gen\/(google|huiqian\/common)\//

/** Each outside library and the places where it may be imported. Tests may import any. */
const DOORS: Record<string, RegExp[]> = {
  '@bufbuild/protobuf': [/^shared\/rpc\//],
  '@expo-google-fonts/noto-serif-sc': [/^shared\/official-document\//], // a file, found by path
  '@grpc/grpc-js': [/^shared\/rpc\//],
  '@grpc/proto-loader': [/^shared\/rpc\//],
  '@grpc/reflection': [/^shared\/rpc\//],
  '@peculiar/x509': [/^shared\/rpc\//],
  'better-sqlite3': [/^shared\/database\//],
  canonicalize: [/^shared\/dossier\//, /^shared\/rpc\//],
  'grpc-health-check': [/^shared\/rpc\//],
  kysely: [
    /^shared\/(database|confidentiality|dossier)\//,
    /^services\/[^/]+\/(store\/|service\.ts$)/,
  ],
  luxon: [/^shared\/(clock|working-days)\//],
  nats: [/^shared\/bus\//],
  nodemailer: [/^services\/delivery\/duties\/send-mail\.ts$/],
  pdfkit: [/^shared\/official-document\//],
  pg: [/^shared\/database\//],
  pino: [/^shared\/process\//],
  'prom-client': [/^shared\/process\//],
  'reflect-metadata': [/^shared\/rpc\//], // asked for by @peculiar/x509
  'sm-crypto-v2': [/^shared\/acts\//],
  uuid: [/^shared\/identity\//],
}

/** Whom a service may ask over gRPC, downward only. Announcements and feeds of all may be heard. */
const ASKS: Record<string, string[]> = {
  directory: [],
  delivery: ['directory'],
  coordination: ['directory', 'delivery'],
  escalation: ['directory', 'delivery', 'coordination'],
  audit: [],
  client: ['directory', 'delivery', 'coordination', 'escalation', 'audit'],
  launcher: ['directory', 'delivery', 'coordination', 'escalation', 'audit'],
}

/** What of a service is not law: everything else below services/<service>/<folder>/ is pure. */
const NOT_LAW = {
  services: ['audit', 'client', 'launcher'],
  folders: ['rpc', 'store', 'duties', 'hears', 'content', 'sample'],
  /** Single files in a pure folder that reach outside, each with its reason. */
  files: {} as Record<string, string>,
}

/** What a pure file may import, besides pure files of its service. */
const PURE_MAY_IMPORT = [
  /^shared\/(identity|refusal|working-days)\//,
  /^shared\/copies\/standing\.ts$/, // who took over whom is read off values
  /^shared\/dossier\/(canonical|form)\.ts$/, // RFC 8785 is arithmetic on text
]
/** A digest is arithmetic; the rest of the module is chance and keys. */
const PURE_DIGEST = /^import \{ createHash \} from 'node:crypto'$/m

/** Where the environment is read. */
const ENVIRONMENT = [
  /^services\/[^/]+\/(config|main)\.ts$/,
  /^services\/launcher\//,
  /^shared\/process\//,
  /^tests\//,
]

const LINES_MAX = 300
/** Files that are longer, each with its reason. */
const LONGER: Record<string, string> = {
  'shared/refusal/catalogue.ts': 'one list: a reason is looked up in it, nobody reads it through',
}

const FOLDERS_OF_NOTHING = /^(utils?|helpers?|libs?|common|misc)$/

// --- reading -------------------------------------------------------------------------------------------------

const root = fileURLToPath(new URL('..', import.meta.url))

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root })
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)))

const isCode = (path: string) => /\.(ts|js)$/.test(path)
const isTest = (path: string) => path.startsWith('tests/') || /\.(test|fixture)\.ts$/.test(path)
// This file holds the planted offences.
const isThisFile = (path: string) => path === 'tests/house-rules.test.ts'

const sources: Source[] = files
  .filter((path) => isCode(path) && !isThisFile(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** What a source imports: a path from the root for our own (as .ts), the bare name for a library's. */
function importsOf({ path, text }: Source): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.'))
      return normalize(join(dirname(path), fileName)).replace(/\.js$/, '.ts')
    if (fileName.startsWith('node:')) return fileName
    return fileName.split('/', fileName.startsWith('@') ? 2 : 1).join('/')
  })
}

const isOurs = (name: string) => /^(shared|services|gen|tests|deploy|proto)\//.test(name)
const serviceOf = (path: string) => /^services\/([^/]+)\//.exec(path)?.[1]
const roomOf = (path: string) => /^shared\/([^/]+)\//.exec(path)?.[1]
const matches = (patterns: RegExp[], path: string) => patterns.some((one) => one.test(path))

// --- the rules -----------------------------------------------------------------------------------------------

const standsAtTheTop: Rule = ({ path }) => (matches(TOP, path) ? [] : [`${path} has no place`])

const entersByItsDoor: Rule = (source) => {
  if (isTest(source.path) || !/^(shared|services)\//.test(source.path)) return []
  return importsOf(source)
    .filter((name) => !isOurs(name) && !name.startsWith('node:'))
    .filter((name) => !matches(DOORS[name] ?? [], source.path))
    .map((name) => `${source.path} imports ${name}`)
}

const keepsTheOrderOfRooms: Rule = (source) => {
  const room = roomOf(source.path)
  if (room === undefined) return []
  if (!ROOMS.includes(room)) return [`shared/${room} is not in the list of rooms`]
  return importsOf(source)
    .filter(isOurs)
    .filter((name) => {
      const other = roomOf(name)
      if (other === undefined) return !SHARED_CONTRACTS.test(name) && !isTest(source.path)
      return !isTest(source.path) && ROOMS.indexOf(other) > ROOMS.indexOf(room)
    })
    .map((name) => `${source.path} imports ${name}`)
}

const hasAFace: Rule = ({ path, text }) => {
  if (!path.startsWith('shared/') || isTest(path)) return []
  if (path.split('/').length < 3) return [`${path} stands in no room`]
  return text === '' ? [`${path} is empty`] : []
}

const keepsToItsService: Rule = (source) => {
  const service = serviceOf(source.path)
  if (service === undefined || isTest(source.path)) return []
  return importsOf(source)
    .filter(isOurs)
    .filter((name) => {
      if (name.startsWith('shared/')) return false
      if (name.startsWith('gen/')) return !mayKnow(service, name)
      if (serviceOf(name) === service) return false
      return !(service === 'launcher' && /^services\/[^/]+\/service\.ts$/.test(name))
    })
    .map((name) => `${source.path} imports ${name}`)
}

function mayKnow(service: string, generated: string): boolean {
  const other = /^gen\/huiqian\/([^/]+)\/v1\/(.+)\.ts$/.exec(generated)
  if (!other || other[1] === 'common' || other[1] === service) return true
  if (other[2] === 'announcements' || other[2] === 'feed') return true
  return (ASKS[service] ?? []).includes(other[1] ?? '')
}

const leavesServicesToTheLauncher: Rule = (source) =>
  importsOf(source)
    .filter((name) => /^services\/[^/]+\/service\.ts$/.test(name))
    .filter((name) => {
      const from = serviceOf(source.path)
      return !(isTest(source.path) || from === 'launcher' || from === serviceOf(name))
    })
    .map((name) => `${source.path} imports ${name}`)

const leavesTestsToTests: Rule = (source) =>
  isTest(source.path)
    ? []
    : importsOf(source)
        .filter(isTest)
        .map((name) => `${source.path} imports ${name}`)

function isLaw(path: string): boolean {
  const [, service, folder, ...rest] = path.split('/')
  if (!path.startsWith('services/') || isTest(path) || rest.length === 0) return false
  if (NOT_LAW.services.includes(service ?? '') || NOT_LAW.folders.includes(folder ?? ''))
    return false
  return NOT_LAW.files[path] === undefined
}

const isPure: Rule = (source) => {
  if (!isLaw(source.path)) return []
  const imported = importsOf(source)
    .filter((name) => !(isLaw(name) && serviceOf(name) === serviceOf(source.path)))
    .filter((name) => !matches(PURE_MAY_IMPORT, name))
    .filter((name) => !name.endsWith('.json'))
    .filter((name) => !(name === 'node:crypto' && PURE_DIGEST.test(source.text)))
    .map((name) => `${source.path} imports ${name}`)
  return [...imported, ...reachesOut(source).map((what) => `${source.path} uses ${what}`)]
}

/** What the law must be given and never fetches: the time, chance, the process, and anything to wait for. */
function reachesOut({ path, text }: Source): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) found.push('await')
    if (ts.isNewExpression(node) && node.getText() === 'new Date()') found.push('new Date()')
    if (ts.isCallExpression(node) && node.expression.getText() === 'fetch') found.push('fetch')
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.getText()
      if (/^(Date\.now|Math\.random|process\.\w+|performance\.now)$/.test(name)) found.push(name)
    }
    node.forEachChild(visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true))
  return found
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}

const readsNoEnvironment: Rule = ({ path, text }) => {
  if (!/^(shared|services)\//.test(path) || isTest(path) || matches(ENVIRONMENT, path)) return []
  return /\bprocess\.env\b/.test(withoutComments(text)) ? [`${path} reads the environment`] : []
}

const isWellNamed: Rule = ({ path }) => {
  const folders = dirname(path).split('/')
  return [
    ...folders
      .filter((name) => FOLDERS_OF_NOTHING.test(name) && !path.startsWith('proto/'))
      .map((name) => `${path} lies in a folder called ${name}`),
    ...(/^index\./.test(basename(path)) ? [`${path} is an index`] : []),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fixture|bench|config))?\.(ts|js)$/.test(basename(path)) ||
    !isCode(path)
      ? []
      : [`${path} is not in kebab case`]),
  ]
}

const isShortEnough: Rule = ({ path, text }) => {
  const lines = text.split('\n').length - 1
  if (isTest(path) || LONGER[path] !== undefined || lines <= LINES_MAX) return []
  return [`${path} has ${lines} lines`]
}

/** Words that must not stand in a source, and why. */
const WORDS: [word: RegExp, why: string, where: RegExp][] = [
  [/^\s*export \* (as \w+ )?from\b/m, 'a barrel', /./],
  [/^export default\b/m, 'a default export', /^(?!.*\.config\.[jt]s$)/],
  [/\b(describe|test|it|suite)(\.\w+)*\.only\b/, 'hides the other tests', /\.test\.ts$/],
  [/\b(describe|test|it|suite)(\.\w+)*\.(skip|todo)\b/, 'a test that is not run', /\.test\.ts$/],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'a promise instead of work', /./],
  [/\/(home|Users|root|work)\/\w/, "somebody's own path", /./],
  [/@ts-(ignore|nocheck)\b/, 'silences the compiler', /./],
]

const usesNoForbiddenWord: Rule = ({ path, text }) =>
  WORDS.filter(([word, , where]) => where.test(path) && word.test(text)).map(
    ([word, why]) => `${path}: ${word.exec(text)?.[0].trim()} (${why})`,
  )

// --- each rule over the house, and over what was planted ---------------------------------------------------

/** Rules with what they must let pass and what they must see: [path, text]. */
const RULES: { name: string; rule: Rule; good: [string, string][]; bad: [string, string][] }[] = [
  {
    name: 'each outside library enters by its door',
    rule: entersByItsDoor,
    good: [
      ['shared/bus/jetstream.ts', "import { connect } from 'nats'"],
      ['services/delivery/store/schema.ts', "import type { Generated } from 'kysely'"],
      ['shared/duties/duties.ts', "import { join } from 'node:path'"],
    ],
    bad: [
      ['services/delivery/hears/x.ts', "import { connect } from 'nats'"],
      ['services/delivery/rpc/x.ts', "import type { Kysely } from 'kysely'"],
      ['services/delivery/x.ts', "const { Client } = await import('pg')"],
      ['shared/clock/x.ts', "import leftPad from 'left-pad'"],
      ['shared/dossier/x.ts', "export { status } from '@grpc/grpc-js/build/src/constants.js'"],
    ],
  },
  {
    name: 'a room of shared/ imports only rooms before it',
    rule: keepsTheOrderOfRooms,
    good: [
      ['shared/rpc/rpc.ts', "import { Refusal } from '../refusal/refusal.js'"],
      ['shared/rpc/status.ts', "import { Status } from '../../gen/google/rpc/status.js'"],
    ],
    bad: [
      ['shared/refusal/refusal.ts', "import type { Clock } from '../clock/clock.js'"],
      ['shared/rpc/rpc.ts', "import { give } from '../../services/coordination/service.js'"],
      ['shared/bus/x.ts', "import { A } from '../../gen/huiqian/directory/v1/announcements.js'"],
      ['shared/text/text.ts', ''],
    ],
  },
  {
    name: 'every file of shared/ stands in a room',
    rule: hasAFace,
    good: [['shared/bus/frame.ts', 'export const a = 1']],
    bad: [['shared/frame.ts', 'export const a = 1']],
  },
  {
    name: 'a service imports shared/, generated code and itself, and asks only downward',
    rule: keepsToItsService,
    good: [
      ['services/delivery/rpc/x.ts', "import { A } from '../../../shared/rpc/rpc.js'"],
      ['services/launcher/x.ts', "import { start } from '../delivery/service.js'"],
      ['services/coordination/x.ts', "import { D } from '../../gen/huiqian/delivery/v1/letter.js'"],
      ['services/delivery/x.ts', "import { F } from '../../gen/huiqian/coordination/v1/feed.js'"],
    ],
    bad: [
      ['services/delivery/x.ts', "import { table } from '../directory/store/schema.js'"],
      ['services/launcher/x.ts', "import { table } from '../delivery/store/schema.js'"],
      [
        'services/delivery/x.ts',
        "import { R } from '../../gen/huiqian/coordination/v1/release.js'",
      ],
      ['services/delivery/x.ts', "import { office } from '../../tests/office/office.js'"],
    ],
  },
  {
    name: 'only the launcher and tests start a service',
    rule: leavesServicesToTheLauncher,
    good: [
      ['services/launcher/launcher.ts', "import { start } from '../delivery/service.js'"],
      ['services/delivery/main.ts', "import { start } from './service.js'"],
      ['tests/office/office.ts', "import { start } from '../../services/delivery/service.js'"],
    ],
    bad: [
      ['services/client/x.ts', "import { start } from '../delivery/service.js'"],
      ['deploy/x.js', "import { start } from '../services/delivery/service.js'"],
    ],
  },
  {
    name: 'only tests import tests and their fixtures',
    rule: leavesTestsToTests,
    good: [['shared/rpc/rpc.test.ts', "import { server } from './server.fixture.js'"]],
    bad: [
      ['shared/rpc/rpc.ts', "import { server } from './server.fixture.js'"],
      ['deploy/x.js', "import { office } from '../tests/office/office.js'"],
    ],
  },
  {
    name: 'the law is pure',
    rule: isPure,
    good: [
      ['services/coordination/release/release.ts', "import { give } from '../consultation/x.js'"],
      ['services/coordination/rpc/x.ts', "import { unary } from '../../../shared/rpc/rpc.js'"],
      ['services/coordination/release/x.ts', "// may await\nconst status = 'await' as const"],
      [
        'services/coordination/release/y.ts',
        "import { R } from '../../../shared/refusal/refusal.js'",
      ],
    ],
    bad: [
      [
        'services/coordination/release/x.ts',
        "import type { C } from '../../../shared/clock/clock.js'",
      ],
      ['services/coordination/release/x.ts', "import { q } from '../store/overdue.js'"],
      ['services/coordination/release/x.ts', "import { R } from '../../../gen/huiqian/c/v1/c.js'"],
      ['services/coordination/release/x.ts', "import { readFileSync } from 'node:fs'"],
      ['services/coordination/release/x.ts', "import { randomBytes } from 'node:crypto'"],
      ['services/coordination/release/x.ts', 'const now = Date.now()'],
      ['services/coordination/release/x.ts', 'export async function decide() {}'],
    ],
  },
  {
    name: 'the environment is read in one place',
    rule: readsNoEnvironment,
    good: [['services/delivery/config.ts', 'process.env.PORT']],
    bad: [['services/delivery/rpc/x.ts', 'process.env.PORT']],
  },
  {
    name: 'files and folders are named after what is in them',
    rule: isWellNamed,
    good: [
      ['proto/huiqian/common/v1/common.proto', ''],
      ['services/delivery/rpc/sign-receipt.test.ts', ''],
    ],
    bad: [
      ['shared/bus/utils/x.ts', ''],
      ['services/common/x.ts', ''],
      ['shared/bus/index.ts', ''],
      ['shared/bus/inProcess.ts', ''],
      ['shared/bus/in_process.ts', ''],
    ],
  },
  {
    name: `no file is longer than ${LINES_MAX} lines`,
    rule: isShortEnough,
    good: [
      ['shared/bus/bus.ts', 'a\n'.repeat(300)],
      ['shared/bus/bus.test.ts', 'a\n'.repeat(301)],
    ],
    bad: [['shared/bus/bus.ts', 'a\n'.repeat(301)]],
  },
  {
    name: 'no source holds a forbidden word',
    rule: usesNoForbiddenWord,
    good: [
      ['tests/x.test.ts', "test.skipIf(noServer)('…', …)\nonly.skip()"],
      ['vitest.config.ts', 'export default {}'],
    ],
    bad: [
      ['shared/bus/x.ts', "export * from './y.js'"],
      ['shared/bus/x.ts', 'export default 1'],
      ['tests/x.test.ts', "test.only('…', …)"],
      ['tests/x.test.ts', "describe.concurrent.skip('…', …)"],
      ['tests/x.test.ts', "test.todo('…')"],
      ['shared/bus/x.ts', '// TODO: later'],
      ['shared/bus/x.ts', "const folder = '/home/someone'"],
      ['shared/bus/x.ts', '// @ts-ignore'],
    ],
  },
]

describe('the house', () => {
  test('has sources to look at', () => {
    expect(sources.filter(({ path }) => path.startsWith('shared/')).length).toBeGreaterThan(20)
  })

  test('has at its top only what belongs there', () => {
    expect(files.flatMap((path) => standsAtTheTop({ path, text: '' }))).toEqual([])
    expect(standsAtTheTop({ path: 'notes.md', text: '' })).toHaveLength(1)
    expect(standsAtTheTop({ path: 'lib/x.ts', text: '' })).toHaveLength(1)
  })

  test('has a face for every room of shared/', () => {
    const rooms = [...new Set(files.flatMap((path) => roomOf(path) ?? []))]
    expect(rooms.filter((room) => !files.includes(`shared/${room}/${room}.ts`))).toEqual([])
  })

  for (const { name, rule, good, bad } of RULES) {
    test(name, () => expect(sources.flatMap(rule)).toEqual([]))

    test(`${name}: a planted offence is seen`, () => {
      for (const [path, text] of good) expect(rule({ path, text }), `${path}: ${text}`).toEqual([])
      for (const [path, text] of bad)
        expect(rule({ path, text }), `${path}: ${text}`).not.toEqual([])
    })
  }
})

// --- what is installed ---------------------------------------------------------------------------------------

type Lockfile = { packages: Record<string, { integrity?: string; resolved?: string }> }

function faultsOfLockfile({ packages }: Lockfile): string[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, { integrity, resolved }]) => [
      ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no integrity`]),
      ...(resolved === undefined ? [] : [`${path} names where it was downloaded`]),
    ])
}

const isExact = (version: string) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)

describe('what is installed', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

  test('is told by a lockfile with integrity and without addresses', () => {
    expect(faultsOfLockfile(read('package-lock.json') as Lockfile)).toEqual([])
    const planted = { a: { integrity: 'sha1-x' }, b: { integrity: 'sha512-x', resolved: 'y' } }
    expect(faultsOfLockfile({ packages: planted })).toHaveLength(2)
  })

  test('is pinned exactly', () => {
    const { dependencies, devDependencies } = read('package.json') as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >
    const all = Object.entries({ ...dependencies, ...devDependencies })
    expect(all.filter(([, version]) => !isExact(version))).toEqual([])
    expect(['^1.2.3', '~1.2.3', '*', 'latest', '1.x'].filter(isExact)).toEqual([])
  })

  test('has a door for each library, and no door leads nowhere', () => {
    const { dependencies } = read('package.json') as { dependencies: Record<string, string> }
    expect(Object.keys(DOORS).sort()).toEqual(Object.keys(dependencies).sort())
  })
})
