// The agencies of the bench and their calls: submits a case, waits for its letters in the mailboxes,
// answers each, and knows when the case is done. One channel an agency.
import type { Certificates } from '../../../shared/rpc/peers.js'
import { connect } from '../../../shared/rpc/client.js'
import {
  ConsultationServiceClient,
  type GiveOpinionRequest,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { ReleaseServiceClient } from '../../../gen/huiqian/coordination/v1/release.js'
import { OpinionKind } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { MailboxServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'

export const DRAFT_TEXT = '水'.repeat(341) // 1 KiB of UTF-8

export type Member = { readonly code: string; readonly certificates: Certificates }

export type Case = {
  readonly releaseId: string
  readonly draftDigest: string
  readonly consultations: readonly { readonly agency: string; readonly id: string }[]
}

export type BenchOffice = {
  submit(): Promise<Case>
  /** An opinion as it is sent; signed by whoever signs it. */
  opinion(
    consultationId: string,
    draftDigest: string,
    kind: 'consent' | 'objection',
  ): GiveOpinionRequest
  gives(agency: string, request: GiveOpinionRequest): Promise<void>
  /** Replies for one consultation. */
  reply(
    agency: string,
    consultationId: string,
    draftDigest: string,
    kind: 'consent' | 'objection',
  ): Promise<void>
  /** Waits until the letter of a consultation lies in its mailbox. */
  letterOf(consultationId: string): Promise<void>
  /** A whole case: submitted, three letters in three mailboxes, three opinions. */
  playCase(): Promise<void>
  close(): Promise<void>
}

let requests = 0 // of this process: another office must not repeat what one before it asked

export async function openBenchOffice(
  address: string,
  releasing: Member,
  affected: readonly Member[],
): Promise<BenchOffice> {
  const releases = connect(ReleaseServiceClient, address, releasing.certificates)
  const members = new Map(
    affected.map(({ code, certificates }) => [
      code,
      {
        opinions: connect(ConsultationServiceClient, address, certificates),
        mailbox: connect(MailboxServiceClient, address, certificates),
      },
    ]),
  )
  const run = `${process.pid}-${Math.round(performance.timeOrigin)}`
  const requestId = (): string => `${run}-${requests++}`
  // Letters as they arrive, by consultation: told to whoever waits for them.
  const waiting = new Map<string, () => void>()
  const arrived = new Set<string>()
  const ending = new AbortController()
  // Before the first case: a letter that is there already is nobody's here.
  const lasts = await Promise.all([...members.values()].map(({ mailbox }) => lastOf(mailbox)))
  const watching = [...members.values()].map(async ({ mailbox }, index) => {
    const entries = lasts[index]?.entries ?? 0
    const stream = mailbox.watchMailbox({ after: entries }, { signal: ending.signal })
    for await (const { entry } of stream) {
      const id = entry?.consultationId ?? ''
      const tell = waiting.get(id)
      if (tell === undefined) arrived.add(id)
      else {
        waiting.delete(id)
        tell()
      }
    }
  })
  for (const one of watching)
    one.catch((error: unknown) => {
      if (!ending.signal.aborted) throw error // a reader that is gone would let every case wait for ever
    })
  const letterOf = (consultationId: string): Promise<void> =>
    new Promise((resolve) => {
      if (arrived.delete(consultationId)) resolve()
      else waiting.set(consultationId, resolve)
    })
  const office: BenchOffice = {
    async submit() {
      const { release } = await releases.submitRelease({
        requestId: requestId(),
        title: '压力测试稿',
        text: DRAFT_TEXT,
        attachments: [],
        origin: { kind: 1, basis: '', maker: '' },
        attribute: 1,
        affected: affected.map(({ code }) => ({ agency: code, trigger: 1, reason: '涉及' })),
        noneAffectedReason: '',
        secrecyReview: {
          conclusion: 1,
          reviewer: '审查员',
          reviewedOn: '2026-01-01',
          recordNumber: '',
        },
        policyPack: '',
        documentNumber: '',
        signatory: '',
        draftDigest: '',
        contact: '',
        coProducers: [],
        approvalsNeeded: [],
        categories: [],
        formedOn: '',
        applicationReceivedOn: '',
        standingInstruction: undefined,
        urgency: 0,
      })
      if (release === undefined) throw new Error('no release in the answer')
      return {
        releaseId: release.releaseId,
        draftDigest: release.draftDigest,
        consultations: release.consultations.map((one) => ({
          agency: one.agency,
          id: one.consultationId,
        })),
      }
    },
    letterOf,
    opinion: (consultationId, draftDigest, kind) => ({
      signed: undefined,
      requestId: requestId(),
      consultationId,
      draftDigest,
      opinion: {
        kind: kind === 'consent' ? OpinionKind.CONSENT : OpinionKind.OBJECTION,
        reasons: DRAFT_TEXT, // 1 KiB of words, as an echo has
        legalBasis: kind === 'consent' ? '' : '《水法》',
        proposedWording: '',
        askInstead: '',
        claims: [],
        documentNumber: '',
        signatory: '',
      },
    }),
    async gives(agency, request) {
      await members.get(agency)?.opinions.giveOpinion(request)
    },
    reply: (agency, consultationId, draftDigest, kind) =>
      office.gives(agency, office.opinion(consultationId, draftDigest, kind)),
    async playCase() {
      const { consultations, draftDigest } = await office.submit()
      await Promise.all(
        consultations.map(async ({ agency, id }) => {
          await letterOf(id)
          await office.reply(agency, id, draftDigest, 'consent')
        }),
      )
    },
    async close() {
      ending.abort()
      await Promise.allSettled(watching)
      releases.close()
      for (const { opinions, mailbox } of members.values()) {
        opinions.close()
        mailbox.close()
      }
    },
  }
  return office
}

/** The number of the newest letter of a mailbox: the streams start after it. */
async function lastOf(mailbox: {
  listLetters(request: {
    kind: number
    releaseId: string
    pageSize: number
    pageToken: string
  }): Promise<{ entries: { number: number }[]; nextPageToken: string }>
}): Promise<{ entries: number }> {
  let last = 0
  let pageToken = ''
  do {
    const page = await mailbox.listLetters({ kind: 0, releaseId: '', pageSize: 1_000, pageToken })
    last = page.entries.at(-1)?.number ?? last
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return { entries: last }
}
