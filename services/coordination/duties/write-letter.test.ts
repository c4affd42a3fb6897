import { describe, expect, test } from 'vitest'
import { seal } from '../draft/canonical-forms.js'
import type { ReleaseEvent } from '../release/events.js'
import { askedAgain, asks, DRAFT_1, given, HEALTH, LATE, qingyuan } from '../release/law.fixture.js'
import { running } from '../release/law.fixture.js'
import type { LetterKind } from '../letter/follow-up.js'
import { writeLetter } from './write-letter.js'

const draft = { form: 'huiqian-draft-1', title: '水库水位', text: '全文', attachments: [] } as const
const judgement = {
  ...{ form: 'huiqian-judgement-1' as const, affected: [], noneAffectedReason: '' },
  ...{ originBasis: '', contact: '', signatory: '' },
} as const
const words = { form: 'huiqian-words-1', about: 'withdrawal', words: ['撤'] } as const

const written = async (kind: LetterKind, ...events: readonly ReleaseEvent[]) => {
  const { release } = given(...running, ...events)
  const digests: Readonly<Record<string, Uint8Array>> = {
    [release.draftDigest]: seal(draft).bytes,
    [release.judgementDigest]: seal(judgement).bytes,
    reason: seal(words).bytes,
  }
  return writeLetter(
    {
      releases: { read: () => Promise.resolve({ state: release, version: 1 }) },
      packs: { byName: () => qingyuan },
      agencies: { name: (code: string) => code },
      content: {
        get: (of: string, digest: string) => {
          const bytes = digests[digest]
          return Promise.resolve(bytes && { release: of, digest, part: '', bytes })
        },
      },
    } as unknown as Parameters<typeof writeLetter>[0],
    {
      ...{ letter_id: 'l', release_id: release.id, consultation_id: asks(HEALTH), kind },
      ...{ recipient: HEALTH, subject: '1', not_before: 0, queued_at: LATE },
    },
  )
}
const withdrawn: ReleaseEvent = {
  type: 'ReleaseWithdrawn',
  withdrawnAt: LATE,
  reasonDigest: 'reason',
}
const published: ReleaseEvent = {
  ...{ type: 'ReleasePublished', publishedAt: LATE, recordedAt: LATE, digest: DRAFT_1 },
  whereDigest: 'where',
}

describe.each(['consultation_letter', 'reminder'] as const)('a %s', (kind) => {
  test('is written while the release is open', async () => {
    expect(await written(kind)).toMatchObject({ recipient: HEALTH })
  })
  test.each([
    ['withdrawn', [withdrawn]],
    ['published', [published]],
    ['superseded by a new version', askedAgain],
  ])('is not written once it is %s', async (_, events) => {
    expect(await written(kind, ...events)).toBeUndefined()
  })
})

test('that the release was withdrawn is still told', async () => {
  expect((await written('withdrawal', withdrawn))?.body).toContain('理由：撤')
})
