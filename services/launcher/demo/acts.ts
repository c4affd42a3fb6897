// What happens in every story: a draft is submitted, its letters are received, agencies reply, and the
// releasing agency asks whether it may publish. Each act gives scenes made from the services' answers.
import { readFileSync } from 'node:fs'
import {
  ConsultationState,
  OpinionKind,
  ReleaseState,
  type Release,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { ConfirmationState } from '../../../gen/huiqian/coordination/v1/gates.js'
import { Disposition } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { Reception } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { CallFailed } from '../../../shared/rpc/call-failed.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import type { Clerk } from './clerks.js'
import type { Party, Scene } from './scene.js'
import type { Stage } from './stage.js'
import { beijing, beijingOf, gatesOf, howOf, onSilence, periodOf, word } from './told.js'

export type Case = { readonly release: number; readonly id: string; readonly title: string }

type Submitted = {
  readonly release: number
  /** The draft's file; its first line is its title. */
  readonly file: string
  readonly affected?: readonly (readonly [name: string, reason: string])[]
  readonly noneAffectedReason?: string
  readonly coProducers?: readonly string[]
}

export type Acts = Awaited<ReturnType<typeof openActs>>

/** The acts of one house, with the agency that releases there. */
export async function openActs(stage: Stage, releasingAgency: string) {
  const { house } = stage
  const party = (name: string): Party => {
    const code = stage.agencies.find((one) => one.name === name)?.creditCode
    if (code === undefined) throw new Error(`the sample directory has no ${name}`)
    return { code, name }
  }
  const office = party(releasingAgency)
  const releasing = await stage.clerkOf(office.code)

  const acts = {
    ...{ stage, office, releasing, party },
    at: () => beijing(stage.now()),
    /** The agency of a code. */
    named: (code: string): Party => ({
      code,
      name: stage.agencies.find(({ creditCode }) => creditCode === code)?.name ?? code,
    }),
    clerkOf: (name: string): Promise<Clerk> => stage.clerkOf(party(name).code),

    async house(): Promise<Scene> {
      const { packs, defaultPack } = await releasing.packs()
      const pack = packs.find((one) => `${one.packId}@${one.version}` === defaultPack)
      if (pack === undefined) throw new Error('the default pack is not listed')
      return {
        scene: 'house',
        at: acts.at(),
        ...{ address: house.address, bus: house.bus, agencies: stage.agencies.length },
        services: house.services.map(({ name }) => name),
        pack: {
          name: defaultPack,
          ...{ title: pack.title, replyWithin: pack.replyWithin, unit: pack.replyUnit },
          ...{ silence: pack.silence, digest: pack.digest },
        },
        calendar: { revision: stage.calendarRevision, publishedBy: stage.publishedBy },
      }
    },

    /**
     * Submits a draft. Its letters go out, enter the mailboxes, and the clocks start. Where the rule is not
     * made for it the refusal is told, and there is no case.
     */
    async *submit(what: Submitted): AsyncGenerator<Scene, Case | undefined> {
      const { release, file, affected = [], noneAffectedReason = '', coProducers = [] } = what
      const { title, text } = draftOf(file)
      const to = affected.map(([name, reason]) => ({ ...party(name), reason }))
      const affects = to.map(({ code, reason }) => ({ agency: code, reason }))
      let made: Release
      try {
        made = await releasing.submits(title, text, affects, {
          coProducers: coProducers.map((name) => party(name).code),
          noneAffectedReason,
        })
      } catch (error) {
        yield acts.refused(release, 'submission', error)
        return undefined
      }
      const { releaseId: id, draftDigest: digest, documentNumber } = made
      const told = { release, releaseId: id, title, digest, documentNumber, by: office, to }
      yield {
        scene: 'submitted',
        at: acts.at(),
        ...told,
        coProducers: coProducers.map(party),
        characters: [...text].length,
      }
      await house.settle()
      yield* acts.receivedBy({ release, id, title }, to)
      return { release, id, title }
    },

    /** A call that the rule refuses, in the service's words; any other failure is a fault. */
    refused(release: number, what: 'filing' | 'submission', error: unknown): Scene {
      if (!(error instanceof CallFailed) || error.unknownOutcome) throw error
      const { reason, article, messageZh, messageEn } = error
      const words = { zh: messageZh, en: messageEn }
      return { scene: 'refused', at: acts.at(), release, what, reason, article, words }
    },

    async *receivedBy({ release, id }: Case, by: readonly Party[]): AsyncGenerator<Scene> {
      const first = by[0]
      if (first === undefined) return
      const desk = await stage.clerkOf(first.code)
      const asked = await desk.isAskedOn(id)
      const explained = await desk.explainsDeadline(asked.consultationId)
      const [letter] = await desk.letters(id, LetterKind.CONSULTATION_LETTER)
      if (letter === undefined) throw new Error('nothing was received')
      yield {
        scene: 'received',
        at: beijingOf(explained.receivedAt) ?? '',
        ...{ release, documentNumber: letter.documentNumber },
        by: by.map(({ code, name }) => ({ code, name })),
        letter: { title: letter.title, quoted: onSilence(letter.body) },
        period: periodOf(explained),
        effectOfSilence: { zh: explained.effectZh, en: explained.effectEn },
      }
    },

    async *reply(
      { release, id }: Case,
      name: string,
      kind: OpinionKind,
      reasons = '',
    ): AsyncGenerator<Scene> {
      const desk = await acts.clerkOf(name)
      const asked = await desk.isAskedOn(id)
      const { consultation, reception } = await desk.replies(asked, kind, reasons)
      await house.settle()
      yield {
        scene: 'opinion',
        at: acts.at(),
        ...{ release, by: party(name), opinion: word(OpinionKind[kind]), reasons },
        reception: word(Reception[reception]),
        state: word(ConsultationState[consultation?.state ?? 0]),
      }
    },

    async clearance({ release, id }: Case): Promise<Scene> {
      const explained = await releasing.explainsClearance(id)
      const { state } = await releasing.sees(id)
      return {
        scene: 'clearance',
        at: acts.at(),
        ...{ release, state: word(ReleaseState[state]), cleared: explained.cleared },
        ...{ digest: explained.clearedDigest, gates: gatesOf(explained) },
      }
    },

    async publish({ release, id }: Case, where: string): Promise<Scene> {
      const { clearedDigest } = await releasing.explainsClearance(id)
      const { publication } = await releasing.publishes(id, clearedDigest, where)
      if (publication === undefined) throw new Error('the publication is not on record')
      const { digest, breaches } = publication
      return {
        scene: 'published',
        at: acts.at(),
        release,
        digest,
        where: publication.where,
        breaches,
      }
    },

    /** How each release stands in the end. */
    async end(cases: readonly Case[]): Promise<Scene> {
      const releases = await Promise.all(
        cases.map(async ({ release, id, title }) => {
          const { state, consultations, confirmations, negotiation } = await releasing.sees(id)
          const disposition = negotiation?.disputes.at(-1)?.disposition ?? 0
          const ruling = disposition === 0 ? '' : word(Disposition[disposition])
          const consents = [
            ...consultations.map((each) => ({
              ...acts.named(each.agency),
              how: howOf(each, ConsultationState, stage.now()),
            })),
            ...confirmations.map((each) => ({
              ...acts.named(each.agency),
              how: word(ConfirmationState[each.state]),
            })),
          ]
          return { release, title, state: word(ReleaseState[state]), ruling, consents }
        }),
      )
      return { scene: 'end', at: acts.at(), releases }
    },
  }
  return acts
}

/** Nine o'clock of the next Monday to Friday, for people's own acts need nobody's calendar. */
export function nextMorning(now: Instant): Instant {
  for (let at = parseInstant(`${beijing(now).slice(0, 10)}T09:00+08:00`); ; at += 86_400_000) {
    const weekday = new Date(at).getUTCDay()
    if (at > now && weekday >= 1 && weekday <= 5) return at
  }
}

/** A draft: its first line is its title. */
export function draftOf(file: string): { readonly title: string; readonly text: string } {
  const text = readFileSync(new URL(`./drafts/${file}`, import.meta.url), 'utf8')
  return { title: text.slice(0, text.indexOf('\n')), text }
}
