// Files a dispute: reads the words that its file quotes, asks the directory for the candidates, and then decides
// and seals in one change. What changed in between (another opinion, another party) is read and asked again.
import type { Permit } from '../../shared/authorisation/permit.js'
import type { RequestKey } from '../../shared/dossier/dossier.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import type { Coordination } from './coordination.js'
import { resolveCoordinators, type AskDirectory, type Coordinators } from './coordinators.js'
import { composeFile, quotedBy } from './dispute/compose-file.js'
import { fileDispute, mustBeFileable, planDispute } from './dispute/file-dispute.js'
import { seal, unseal, type Form } from './draft/canonical-forms.js'
import type { AddresseeKind, Pack } from './pack/pack.js'
import { disputants, type Release } from './release/state.js'
import { changeWithLetters } from './rpc/letters-of-change.js'

const TRIES_MAX = 5

export type Filing = {
  readonly releaseId: string
  /** Absent: on the standing instruction. */
  readonly key?: RequestKey
  readonly now: number
  /** Absent: as the standing instruction says. */
  readonly to?: AddresseeKind
  readonly askedNumber: string
  readonly signatory: string
  readonly onStandingInstruction: boolean
  /** How negotiation went, what is mainly in dispute, and the legal basis: said by the agency, or from the record. */
  readonly words: (release: Release, pack: Pack) => readonly [string, string, string]
  /** Further conditions, in the same decision; those of a caller are its permit. */
  readonly permit: (release: Release) => Pick<Permit, 'lets'>
}

type Means = Pick<
  Coordination,
  'dossier' | 'releases' | 'kinds' | 'agencies' | 'revisions' | 'mint' | 'content' | 'packs'
> & { readonly directory: AskDirectory }

/** Decides and commits; a repeated request gets the state after its first time. */
export async function file(
  means: Means,
  filing: Filing,
): Promise<{ readonly state: Release; readonly version: number }> {
  for (let tries = 1; ; tries++) {
    const { state: before } = await means.releases.read(filing.releaseId)
    filing.permit(before)
    const pack = means.packs.byName(before.pack)
    const prepared = await prepare(means, before, pack)
    const { releaseId, key, now, askedNumber } = filing
    try {
      return await changeWithLetters(means, {
        ...{ releaseId, now, pack, askedNumber, agency: before.releasingAgency },
        ...(key && { key }),
        statements: [],
        decide(release, { documentNumber, numberFrom }) {
          const permit = filing.permit(release)
          permit.lets(() => mustBeFileable(release, pack))
          if (partiesOf(release).join() !== prepared.parties.join()) throw new Overtaken()
          const { candidates, reviewBodies } = prepared
          const plan = planDispute(release, pack, {
            candidates,
            ...(filing.to && { to: filing.to }),
          })
          const disputeId = means.mint.id<'dispute'>(now)
          const [summary, mainDispute, legalBasis] = filing.words(release, pack)
          const { signatory, onStandingInstruction } = filing
          const form = composeFile(release, pack, plan, (digest) => prepared.words.get(digest), {
            ...{ dispute: disputeId, documentNumber, signatory, filedAt: now, reviewBodies },
            ...{ summary, mainDispute, legalBasis, onStandingInstruction },
          })
          if (form === undefined) throw new Overtaken()
          const sealed = seal(form)
          const said = seal({
            form: 'huiqian-words-1',
            about: 'negotiation-failed',
            words: [summary, mainDispute, legalBasis],
          })
          const put = (part: string, { digest, bytes }: typeof sealed) =>
            means.content.put({ release: releaseId, digest, part, bytes })
          return {
            events: fileDispute(release, pack, plan, {
              ...{ disputeId, now, onStandingInstruction, documentNumber, numberFrom },
              summaryDigest: said.digest,
              fileDigest: sealed.digest,
            }),
            statements: [put('dispute-file', sealed), put('negotiation-failed', said)],
          }
        },
      })
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
      if (tries === TRIES_MAX) throw new Refusal('overtaken', 'OVERTAKEN', 'house/dossier')
    }
  }
}

/** What was read and asked no longer fits the state that is decided on. */
class Overtaken extends Error {}

type Prepared = Coordinators & {
  readonly parties: readonly string[]
  readonly words: ReadonlyMap<string, Form>
}

const partiesOf = (release: Release): string[] => disputants(release).map(({ agency }) => agency)

/** Nothing is read or asked where it will be refused anyhow, or was done before and is repeated. */
async function prepare(means: Means, release: Release, pack: Pack): Promise<Prepared> {
  const parties = partiesOf(release)
  const words = new Map<string, Form>()
  try {
    mustBeFileable(release, pack)
  } catch (error) {
    if (error instanceof Refusal) return { parties, words, candidates: [], reviewBodies: [] }
    throw error
  }
  for (const digest of quotedBy(release, disputants(release))) {
    const found = await means.content.get(release.id, digest)
    if (found !== undefined) words.set(digest, unseal(found.bytes))
  }
  const { releasingAgency } = release
  return {
    ...(await resolveCoordinators(means.directory, releasingAgency, parties)),
    parties,
    words,
  }
}
