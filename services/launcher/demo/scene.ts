// What the demo tells: a line of scenes, each made from answers of the services alone. Printed as a
// timeline, or as they are in JSON.
import type { DisagreementScene } from './scenes-of-disagreement.js'
import type { WaitingScene } from './scenes-of-waiting.js'

/** Beijing time with its offset: `2026-10-11T00:00:00+08:00`. */
export type Beijing = string

/** The same in both languages, as the service said it. */
export type Both = { readonly zh: string; readonly en: string }

export type Party = { readonly code: string; readonly name: string }

/** One day of a period, and why it counts or does not. */
export type Day = {
  readonly date: string
  readonly ordinal: number
  readonly kind: 'weekday' | 'weekend' | 'holiday' | 'make-up'
  readonly name: string
  /** Number of the notice that set the day; empty for plain days. */
  readonly instrument: string
  readonly receipt: boolean
}

export type GateTold = {
  readonly gate: string
  readonly open: boolean
  readonly article: string
  readonly citation: string
  readonly basis: Both
  readonly obstacles: readonly (Both & {
    readonly reason: string
    readonly agency: string
    readonly opensAt: Beijing | undefined
  })[]
}

export type Scene =
  | DisagreementScene
  | WaitingScene
  | {
      readonly scene: 'house'
      readonly at: Beijing
      readonly address: string
      readonly bus: string
      readonly services: readonly string[]
      readonly agencies: number
      readonly pack: {
        readonly name: string
        readonly title: string
        readonly replyWithin: number
        readonly unit: string
        readonly silence: string
        readonly digest: string
      }
      readonly calendar: { readonly revision: number; readonly publishedBy: string }
    }
  | {
      readonly scene: 'submitted'
      readonly at: Beijing
      readonly release: number
      readonly releaseId: string
      readonly title: string
      readonly characters: number
      readonly digest: string
      readonly documentNumber: string
      readonly by: Party
      readonly to: readonly (Party & { readonly reason: string })[]
      readonly coProducers: readonly Party[]
    }
  | {
      readonly scene: 'received'
      readonly at: Beijing
      readonly release: number
      readonly documentNumber: string
      readonly by: readonly Party[]
      readonly letter: { readonly title: string; readonly quoted: string }
      readonly period: {
        readonly lastDay: string
        readonly deadline: Beijing
        readonly provisional: boolean
        readonly days: readonly Day[]
        readonly article: string
        readonly citation: string
      }
      readonly effectOfSilence: Both
    }
  | {
      readonly scene: 'opinion'
      readonly at: Beijing
      readonly release: number
      readonly by: Party
      readonly opinion: string
      readonly reasons: string
      readonly reception: string
      readonly state: string
    }
  | {
      readonly scene: 'reminder'
      readonly at: Beijing
      readonly release: number
      readonly to: Party
      readonly title: string
      readonly quoted: string
    }
  | {
      readonly scene: 'clearance'
      readonly at: Beijing
      readonly release: number
      readonly state: string
      readonly cleared: boolean
      readonly digest: string
      readonly gates: readonly GateTold[]
    }
  | {
      readonly scene: 'silence'
      readonly at: Beijing
      readonly release: number
      readonly by: Party
      /** `deemed`: consent by silence; `expired`: silence without effect; `waits`: the effect is held. */
      readonly outcome: 'deemed' | 'expired' | 'waits'
      readonly effectiveAt: Beijing | undefined
      readonly holds: readonly Both[]
      readonly certificate: string
    }
  | {
      readonly scene: 'published'
      readonly at: Beijing
      readonly release: number
      readonly digest: string
      readonly where: string
      readonly breaches: readonly string[]
    }
  | {
      readonly scene: 'end'
      readonly at: Beijing
      readonly releases: readonly {
        readonly release: number
        readonly title: string
        readonly state: string
        /** What was ruled on it; empty: nothing. */
        readonly ruling: string
        readonly consents: readonly (Party & { readonly how: string })[]
      }[]
    }

/** The scenes of one kind. */
export type SceneOf<K extends Scene['scene']> = Extract<Scene, { scene: K }>
