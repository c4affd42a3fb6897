// huiqian negotiation: the disagreement on a release: rounds on record, and the standing instruction.
import {
  Addressee,
  Negotiation,
  RoundKind,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { RecordNegotiationResponse } from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { ReleaseView } from '../../../gen/huiqian/coordination/v1/release.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { NotUnderstood, REASON, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { namedAgency } from '../named-agency.js'
import { agenciesInNegotiation, negotiationText, roundText } from '../text/negotiation-text.js'
import { tellRelease } from './draft.js'

/** To whom a dispute may go, as it is written on the line. */
export const ADDRESSEE_WORDS: Readonly<Record<string, Addressee>> = {
  'superior-organ': Addressee.SUPERIOR_ORGAN,
  'competent-authority': Addressee.COMPETENT_AUTHORITY,
  'common-superior': Addressee.COMMON_SUPERIOR,
}
const KINDS = { meeting: RoundKind.MEETING, 'written-answer': RoundKind.WRITTEN_ANSWER }

const record: Command = {
  words: 'negotiation record',
  takes: ['<release>'],
  about: {
    zh: '记录一轮协商：何时、何人、各自的立场',
    en: 'put a round of negotiation on record: when, who, positions',
  },
  options: {
    kind: {
      takes: Object.keys(KINDS).join('|'),
      about: { zh: '会商或书面答复（默认 meeting）', en: 'what sort (meeting)' },
    },
    'held-at': {
      takes: '<instant>',
      about: { zh: '何时（默认现在），如 2026-10-12T09:00+08:00', en: 'when; now if left out' },
    },
    position: {
      takes: '<code|name>:<text>',
      several: true,
      about: { zh: '参加机关及其立场，拟发布机关在内', en: 'a participant and what it holds' },
    },
    summary: { takes: '<text>', about: { zh: '结果', en: 'what came of it' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const heldAt = asked.maybe('held-at')
    const request = {
      ...{ requestId: desk.requestId, releaseId: asked.argument(0) },
      kind: asked.oneOf('kind', KINDS, RoundKind.MEETING),
      heldAt: timestampOf(heldAt === undefined ? desk.now() : parseInstant(heldAt, '--held-at')),
      positions: (await spokenFor(desk, asked.list('position'), 'position')).map(
        ({ agency, words }) => ({ agency, position: words }),
      ),
      summary: asked.maybe('summary') ?? '',
    }
    const calls = await desk.releases()
    const answer = await desk.change(() => calls.recordNegotiation(request))
    const { round } = answer
    if (round === undefined) throw new Error('answered without a round')
    const names = await desk.names(round.positions.map(({ agency }) => agency))
    await desk.tell(RecordNegotiationResponse.toJSON(answer), () =>
      roundText(round, names, desk.language),
    )
  },
}

const show: Command = {
  words: 'negotiation show',
  takes: ['<release>'],
  about: { zh: '查看协商的各轮、指示与协调事项', en: 'rounds, the instruction, and disputes' },
  options: {
    full: {
      about: {
        zh: '连同立场的文字（阅读会记录在案）',
        en: 'with the words; the reading is recorded',
      },
    },
  },
  async run(desk, asked) {
    const calls = await desk.releases()
    const view = asked.flag('full') ? ReleaseView.FULL : ReleaseView.BASIC
    const { release } = await calls.getRelease({ releaseId: asked.argument(0), view })
    const negotiation = release?.negotiation ?? Negotiation.create()
    const names = await desk.names(agenciesInNegotiation(negotiation))
    await desk.tell(Negotiation.toJSON(negotiation), () => {
      const lines = negotiationText(negotiation, names, desk.language)
      return lines.length > 0 ? lines : [desk.say('没有协商', 'no negotiation')]
    })
  },
}

const instruct: Command = {
  words: 'negotiation instruct',
  takes: ['<release>'],
  about: {
    zh: '指示：协商满几个工作日未达成一致，报请谁协调',
    en: 'to whom a disagreement goes by itself, and after how many working days',
  },
  options: {
    to: { takes: Object.keys(ADDRESSEE_WORDS).join('|'), about: { zh: '报请谁', en: 'to whom' } },
    after: {
      takes: '<days>',
      about: { zh: '协商满几个工作日', en: 'working days of negotiation' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    asked.text('after')
    const to = asked.oneOf('to', ADDRESSEE_WORDS)
    const afterWorkingDays = asked.number('after', 0)
    const { requestId } = desk
    const standingInstruction = { to, afterWorkingDays, byDefault: false }
    const request = { requestId, releaseId: asked.argument(0), standingInstruction }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.setStandingInstruction(request))
    await tellRelease(desk, release)
  },
}

const decline: Command = {
  words: 'release decline-changes',
  takes: ['<consultation>'],
  about: {
    zh: '不采纳“修改后同意”所提的修改；此后如同不同意，进行协商',
    en: 'decline the changes a consent asks for; negotiated like an objection then',
  },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const { requestId } = desk
    const request = { requestId, consultationId: asked.argument(0), reason: asked.text('reason') }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.declineChanges(request))
    await tellRelease(desk, release)
  },
}

/** `agency:words` as given on the line; the words may hold colons. */
export async function spokenFor(
  desk: Desk,
  given: readonly string[],
  option: string,
): Promise<{ agency: string; words: string }[]> {
  const all: { agency: string; words: string }[] = []
  for (const one of given) {
    const { who, words } = spokenOf(one, option)
    all.push({ agency: (await namedAgency(await desk.directory(), who)).creditCode, words })
  }
  return all
}

export function spokenOf(given: string, option: string): { who: string; words: string } {
  const at = given.indexOf(':')
  if (at > 0 && at < given.length - 1)
    return { who: given.slice(0, at), words: given.slice(at + 1) }
  throw new NotUnderstood({
    zh: `--${option} 应为 机关:文字`,
    en: `--${option} is agency:words`,
  })
}

export const NEGOTIATION_COMMANDS: readonly Command[] = [record, show, instruct, decline]
