// Where a command works: the connection to the services, the names of the agencies, and the paper
// that it writes its answer on.
import { once } from 'node:events'
import {
  ClockServiceClient,
  ConsultationServiceClient,
} from '../../gen/huiqian/coordination/v1/consultation.js'
import { OrganisingServiceClient } from '../../gen/huiqian/coordination/v1/organising.js'
import { ReleaseServiceClient } from '../../gen/huiqian/coordination/v1/release.js'
import {
  MailboxServiceClient,
  NotificationServiceClient,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { CalendarServiceClient } from '../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { DisputeServiceClient } from '../../gen/huiqian/escalation/v1/escalation.js'
import type { Instant, Mint } from '../../shared/identity/identity.js'
import { askAgain } from '../../shared/rpc/ask-again.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { OFFICER_TOKEN } from '../../shared/rpc/door.js'
import type { Asked, Language } from './command.js'
import { channelOf, type Target } from './connection.js'
import { textOf } from './files.js'
import type { Io } from './io.js'

/** What arrives from outside. */
export type Outside = {
  readonly io: Io
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that file names are meant from. */
  readonly folder: string
  readonly now: () => Instant
  readonly mint: Mint
}

export type Names = (creditCode: string) => string

export type Desk = ReturnType<typeof openDesk>

/** Opens a desk; a connection is made at the first call. */
export function openDesk(outside: Outside, asked: Asked) {
  const { io, now, mint } = outside
  const language: Language = asked.language
  let target: Promise<Target> | undefined
  let token: Promise<string | undefined> | undefined
  const officerToken = async (): Promise<string | undefined> => {
    const file = asked.maybe('officer')
    return file === undefined ? undefined : (await textOf(outside, file)).trim()
  }
  const closers: (() => void)[] = []
  const known = new Map<string, string>()

  /** The calls of one service. */
  async function service<G extends Parameters<typeof connect>[0]>(generated: G) {
    const { address, certificates, serverName } = await (target ??= channelOf(outside, asked))
    const officer = await (token ??= officerToken())
    const options = {
      ...(serverName !== undefined && { serverName }),
      ...(officer !== undefined && { metadata: { [OFFICER_TOKEN]: officer } }),
    }
    const calls = connect<G['service']>(generated, address, certificates, options)
    closers.push(() => calls.close())
    return calls
  }

  const desk = {
    ...outside,
    language,
    json: asked.flag('json'),
    releases: onFirstUse(() => service(ReleaseServiceClient)),
    consultations: onFirstUse(() => service(ConsultationServiceClient)),
    organising: onFirstUse(() => service(OrganisingServiceClient)),
    disputes: onFirstUse(() => service(DisputeServiceClient)),
    clocks: onFirstUse(() => service(ClockServiceClient)),
    mailboxes: onFirstUse(() => service(MailboxServiceClient)),
    notifications: onFirstUse(() => service(NotificationServiceClient)),
    directory: onFirstUse(() => service(DirectoryServiceClient)),
    calendars: onFirstUse(() => service(CalendarServiceClient)),

    /** Chinese or English. */
    say: (zh: string, en: string): string => (language === 'zh' ? zh : en),

    /** The request's own id: what was given, or a new one. It is the same in every attempt. */
    requestId: asked.maybe('request-id') ?? mint.id(now()),

    /** A change: asked again by itself, with the same request id, while its outcome is unknown. */
    change: <T>(call: () => Promise<T>): Promise<T> => askAgain(call),

    /** Names of agencies for a reader; where the directory knows none, the code stands for itself. */
    async names(codes: readonly (string | undefined)[]): Promise<Names> {
      const open = [...new Set(codes)].filter((code) => code && !known.has(code)) as string[]
      if (open.length > 0 && !desk.json) {
        const directory = await desk.directory()
        const found = open.map(async (creditCode) => {
          const name = await directory.getAgency({ creditCode }).then(
            ({ agency }) => agency?.name,
            (error: unknown) => {
              if (error instanceof CallFailed) return undefined
              throw error
            },
          )
          const both = desk.say(`${name}（${creditCode}）`, `${name} (${creditCode})`)
          known.set(creditCode, name === undefined ? creditCode : both)
        })
        await Promise.all(found)
      }
      return (code) => known.get(code) ?? code
    },

    /** Writes an answer: as JSON, or as lines for a reader. */
    async tell(json: unknown, lines: () => readonly string[]): Promise<void> {
      await write(desk.json ? JSON.stringify(json, null, 2) : lines().join('\n'))
    },
    /** What a list says where more follows than was asked for. */
    more: (nextPageToken: string): string[] =>
      nextPageToken === ''
        ? []
        : [desk.say('…… 还有更多，用 --limit 多看', '… there are more: see --limit')],

    /** Writes one of many answers, a line each. */
    async tellLine(json: unknown, line: () => string): Promise<void> {
      await write(desk.json ? JSON.stringify(json) : line())
    },
    close(): void {
      for (const close of closers) close()
    },
  }

  async function write(text: string): Promise<void> {
    if (!io.stdout.write(`${text}\n`)) await once(io.stdout, 'drain')
  }
  return desk
}

/** Made once, at the first use. */
function onFirstUse<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
