// Posts letters that are written and not with delivery yet, until they are: delivery takes each once,
// by its id, so that asking again after an unknown outcome is safe.
import {
  Letter,
  type LetterServiceClient,
  type PostedLetter,
  type PostLettersResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Log } from '../../../shared/process/log.js'
import type { Calls } from '../../../shared/rpc/client.js'
import type { Coordination } from '../coordination.js'
import { standing, standingName, type AgencyOf } from '../standing/standing.js'
import { writeLetter } from './write-letter.js'
import type { LetterRow } from '../store/questions.js'

const BATCH_MAX = 200
const CALL_BYTES_MAX = 900_000 // a message is 1 MiB at most
const REFUSED_WAIT_MS = 60_000
/** Refusals that pass by themselves: delivery has not heard of the agency yet; others were faster. */
const PASSING: ReadonlySet<string> = new Set(['AGENCY_UNKNOWN', 'OVERTAKEN'])

type Means = Pick<
  Coordination,
  'dossier' | 'releases' | 'content' | 'packs' | 'agencies' | 'questions' | 'clock'
>

export const postLetters = (
  means: Means,
  delivery: () => Calls<typeof LetterServiceClient.service>,
  log: Pick<Log, 'error'>,
): Duty => ({
  name: 'post-letters',
  nextAt: () => means.questions.earliestLetter(),
  async round() {
    const now = means.clock.now()
    const rows = await means.questions.lettersToPost(now, BATCH_MAX)
    if (rows.length === 0) return 0
    const { agencies } = means
    const name = (code: string): string => standingName(agencies.get, agencies.name, code, now)
    const once = { ...means, content: readOnce(means.content), agencies: { ...agencies, name } }
    const written = await Promise.all(
      rows.map(async (row) => ({ row, letter: await writeLetter(once, row) })),
    )
    const refused = new Set<string>()
    // Whoever took over sends and receives: the mailbox of an agency that ended takes no letters.
    const readdressed = new Set<string>()
    const addressed = written.flatMap(({ letter }) => {
      if (letter === undefined) return []
      const stands = addressedBy(agencies.get, letter, now)
      if (stands.recipient !== letter.recipient || stands.sender !== letter.sender)
        readdressed.add(letter.letterId)
      return [stands]
    })
    for (const letters of inCalls(addressed)) {
      const answer = await delivery().postLetters({ letters })
      // One that was posted before an agency was taken over is with delivery as it was then, and stays.
      const stays = ({ letterId, refusedReason }: PostedLetter): boolean =>
        refusedReason === 'LETTER_ID_REUSED' && readdressed.has(letterId)
      const answered = answer.letters.filter((one) => !stays(one))
      for (const { letterId, refusedReason } of answered)
        if (refusedReason !== '') refused.add(letterId)
      alarmOf({ letters: answered }, log)
    }
    await forget(means, rows, refused, now)
    return rows.length - refused.size
  },
})

const addressedBy = (agencyOf: AgencyOf, letter: Letter, now: number): Letter => ({
  ...letter,
  sender: standing(agencyOf, letter.sender, now),
  recipient: standing(agencyOf, letter.recipient, now),
})

/** A letter that delivery will refuse again and again: nobody is consulted by it, and a person must look. */
export function alarmOf({ letters }: PostLettersResponse, log: Pick<Log, 'error'>): void {
  for (const { letterId, refusedReason } of letters)
    if (refusedReason !== '' && !PASSING.has(refusedReason))
      log.error('delivery refuses a letter', { letter: letterId, reason: refusedReason })
}

/** One release's letters quote one draft: within a round it is read once. */
function readOnce(content: Means['content']): Pick<Means['content'], 'get'> {
  const found = new Map<string, ReturnType<typeof content.get>>()
  return {
    get(release, digest) {
      const key = `${release} ${digest}`
      const known = found.get(key) ?? content.get(release, digest)
      found.set(key, known)
      return known
    },
  }
}

async function forget(
  { dossier, questions }: Means,
  rows: readonly LetterRow[],
  refused: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const statements = rows.map(({ letter_id }) =>
    refused.has(letter_id)
      ? questions.postponeLetter({ letter_id, not_before: now + REFUSED_WAIT_MS })
      : questions.dropLetter({ letter_id }),
  )
  await dossier.changeTogether([], { now }, () => ({ parts: [], statements }))
}

/** Letters in as many calls as the size of a message asks for. */
function inCalls(letters: readonly Letter[]): Letter[][] {
  const calls: Letter[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const letter of letters) {
    const size = Letter.encode(letter).finish().length
    if (bytes + size > CALL_BYTES_MAX) {
      calls.push([])
      bytes = 0
    }
    calls.at(-1)?.push(letter)
    bytes += size
  }
  return calls
}
