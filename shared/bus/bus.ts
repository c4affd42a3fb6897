// Announcing and hearing. NATS only announces: what is lost here is found in the feed of its source.
import type { FeedEntry, FeedPage } from '../dossier/dossier.js'

/** Consecutive entries of one source's feed, as one message (at most 64 KiB). */
export type Frame = {
  /** The service whose feed this is: `directory`, `coordination` … */
  readonly source: string
  readonly incarnation: string
  readonly entries: readonly FeedEntry[]
}

/** A way to tell others that something was recorded, and to be told. Delivery is a hint: it may be lost, doubled or out of order. */
export type Bus = {
  /** Publishes frames in order; resolves when the broker took them. Rejects when it cannot (the relay tries again). */
  announce(frames: readonly Frame[]): Promise<void>
  /** Hears the frames of a source from now on. Returns how to stop. Survives a broker that goes and comes. */
  hear(source: string, onFrame: (frame: Frame) => void): Promise<() => Promise<void>>
  /** Whether the broker is reachable now, and why not. */
  state(): { readonly connected: boolean; readonly why?: string }
  close(): Promise<void>
}

/** Reads the feed of a source over gRPC (the one call upward that is allowed). */
export type ReadFeed = (after: number, limit: number) => Promise<FeedPage>
