// `npm run demo`: from the draft to (deemed) consent, a disagreement up to its ruling, a joint release, and
// a notice that moves a deadline, played against really started services.
// Ends by itself, and leaves neither a process nor a folder.
import { parseArgs } from 'node:util'
import { OperatorError } from '../../../shared/process/operator-error.js'
import { AUTUMN, play } from './play.js'
import { JANUARY_2020, playNotice } from './play-notice.js'
import type { Scene } from './scene.js'
import { setStage, type Setting, type Stage } from './stage.js'
import { tell } from './tell.js'
import type { Language } from './words.js'

const USAGE = 'npm run demo [-- [--lang zh|en] [--json] [--pack <file>]]'
const HELP = `${USAGE}

  --lang zh|en    语言 / language
  --json          各场以 JSON 输出 / the scenes as JSON
  --pack <file>   按另一规则包演示 / by another policy pack
  --help          用法 / how it is used
`

type Asked = {
  readonly language: Language
  readonly json: boolean
  readonly pack: string | undefined
}

/** Each in a house of its own, one after the other. */
const STORIES: readonly (readonly [Setting, (stage: Stage) => AsyncGenerator<Scene>])[] = [
  [AUTUMN, play],
  [JANUARY_2020, playNotice],
]

function readArgs(args: string[]): Asked | 'help' {
  const options = {
    lang: { type: 'string', default: 'zh' },
    json: { type: 'boolean', default: false },
    pack: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values } = parseArgs({ args, options })
    const { lang, json, pack } = values
    if (values.help) return 'help'
    if (lang !== 'zh' && lang !== 'en') throw new Error(`--lang ${lang}: zh or en`)
    return { language: lang, json, pack }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new OperatorError(`${why}\n${USAGE}`, { cause })
  }
}

async function main(): Promise<void> {
  const asked = readArgs(process.argv.slice(2))
  if (asked === 'help') {
    process.stdout.write(HELP)
    return
  }
  const { language, json, pack } = asked
  let setting: Promise<Stage> | undefined
  let interrupted = false
  const breakOff = (code: number): void => {
    interrupted = true
    Promise.resolve(setting)
      .then((stage) => stage?.strike())
      .then(
        () => process.exit(code),
        () => process.exit(1), // it was not set, or not struck in time
      )
  }
  const onSignal = (): void => {
    if (interrupted) process.exit(130)
    breakOff(130)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // A reader that has seen enough (`| head`) closes the pipe: the folder with its keys goes all the same.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (!interrupted) breakOff(code === 'EPIPE' ? 0 : 1)
  })
  const scenes: Scene[] = []
  for (const [where, story] of STORIES) {
    setting = setStage(where, pack)
    const stage = await setting
    try {
      for await (const scene of story(stage)) {
        scenes.push(scene)
        if (!json) process.stdout.write(`${tell(scene, language).join('\n')}\n`)
      }
    } catch (error) {
      if (!interrupted) throw error // the stage is being struck under the players' feet
    } finally {
      if (!interrupted) await stage.strike()
    }
    if (interrupted) return
  }
  if (json) process.stdout.write(`${JSON.stringify({ scenes }, null, 2)}\n`)
}

main().catch((error: unknown) => {
  const said = error instanceof OperatorError ? error.message : undefined
  process.stderr.write(`${said ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exitCode = 1
})
