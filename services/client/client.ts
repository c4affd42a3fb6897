// The command line client `huiqian`: finds the command, runs it, and says how it ended. Deadlines
// alone need no running service.
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import { run as deadlines } from './calendar/deadlines.js'
import { asked as readAsked, NotUnderstood, type Command, type Language } from './command.js'
import { COMMANDS } from './commands.js'
import { openDesk, type Desk, type Outside } from './desk.js'
import { EXIT, failureOf, refusedHere } from './failure.js'
import { commandHelp, overview } from './help.js'

/** Runs one command line; gives the exit code. */
export async function run(args: readonly string[], outside: Outside): Promise<number> {
  const { io } = outside
  const [first, second] = args
  if (first === 'calendar' && second === 'deadlines') return deadlines(args.slice(2), io)
  const language = languageOf(args)
  const wantsHelp = args.includes('--help') || args.includes('-h')
  if (first === 'help' || (wantsHelp && commandOf(args) === undefined)) {
    io.stdout.write(helpFor(args.slice(first === 'help' ? 1 : 0), language))
    return EXIT.done
  }
  const command = commandOf(args)
  if (command === undefined) {
    io.stderr.write(overview(language))
    return EXIT.notUnderstood
  }
  if (wantsHelp) {
    io.stdout.write(commandHelp(command, language))
    return EXIT.done
  }
  return carryOut(command, args.slice(command.words.split(' ').length), language, outside)
}

/** The command whose words begin the line. */
function commandOf(args: readonly string[]): Command | undefined {
  return COMMANDS.find(({ words }) => words.split(' ').every((word, index) => args[index] === word))
}

function helpFor(words: readonly string[], language: Language): string {
  const command = commandOf(words)
  return command === undefined ? overview(language, words[0]) : commandHelp(command, language)
}

async function carryOut(
  command: Command,
  args: readonly string[],
  language: Language,
  outside: Outside,
): Promise<number> {
  const { stderr } = outside.io
  let desk: Desk | undefined
  try {
    const asked = readAsked(command, args, language)
    asked.oneOf('lang', { zh: 'zh', en: 'en' }, 'zh')
    desk = openDesk(outside, asked)
    await command.run(desk, asked)
    return EXIT.done
  } catch (error) {
    if (error instanceof NotUnderstood) {
      stderr.write(`${error.text[language]}\n${commandHelp(command, language)}`)
      return EXIT.notUnderstood
    }
    const json = desk?.json ?? false
    if (error instanceof Refusal) {
      const { code, text } = refusedHere(error, { language, json })
      stderr.write(`${text}\n`)
      return code
    }
    if (error instanceof OperatorError) {
      stderr.write(`${error.message}\n`) // of the key file, which no service is asked for
      return EXIT.refused
    }
    if (!(error instanceof CallFailed)) throw error
    const changes = 'request-id' in command.options
    const requestId = changes ? desk?.requestId : undefined
    const form = { language, json, requestId }
    const { code, text } = failureOf(error, form)
    stderr.write(`${text}\n`)
    return code
  } finally {
    desk?.close()
  }
}

/** The language is needed before the rest is understood. */
function languageOf(args: readonly string[]): Language {
  const at = args.indexOf('--lang')
  return args.includes('--lang=en') || (at >= 0 && args[at + 1] === 'en') ? 'en' : 'zh'
}
