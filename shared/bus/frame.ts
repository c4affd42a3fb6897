// A frame as bytes, the same on every bus: consecutive entries of one feed, at most 64 KiB.
import { Frame as FrameMessage } from '../../gen/huiqian/common/v1/feed.js'
import type { FeedEntry } from '../dossier/dossier.js'
import type { Frame } from './bus.js'

export const FRAME_BYTES_MAX = 65_536
const ENTRY_OVERHEAD_BYTES = 32 // tags, lengths and the sequence number, rounded up
const FRAME_OVERHEAD_BYTES = 512 // source, incarnation, and what rounding hides

/** The bytes of a frame. Throws on one that is empty, has a hole, or is too large. */
export function encodeFrame(frame: Frame): Uint8Array {
  mustBeConsecutive(frame.entries)
  const bytes = FrameMessage.encode(FrameMessage.fromPartial(writable(frame))).finish()
  if (bytes.length > FRAME_BYTES_MAX)
    throw new Error(`a frame of ${bytes.length} bytes is above the limit of ${FRAME_BYTES_MAX}`)
  return bytes
}

/** The frame that bytes hold. Throws on bytes that hold none. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const { source, incarnation, entries } = FrameMessage.decode(bytes)
  if (source === '' || incarnation === '') throw new Error('a frame names no source or incarnation')
  mustBeConsecutive(entries)
  return { source, incarnation, entries }
}

/** Lays consecutive entries into as few frames as the size limit allows. */
export function framesOf(
  source: string,
  incarnation: string,
  entries: readonly FeedEntry[],
): Frame[] {
  const frames: Frame[] = []
  let open: FeedEntry[] = []
  let room = 0
  for (const entry of entries) {
    const size = sizeOf(entry)
    if (open.length === 0 || size > room) {
      open = []
      frames.push({ source, incarnation, entries: open })
      room = FRAME_BYTES_MAX - FRAME_OVERHEAD_BYTES
    }
    open.push(entry)
    room -= size
  }
  return frames
}

function sizeOf(entry: FeedEntry): number {
  return (
    entry.announcement.length +
    entry.chain.length +
    Buffer.byteLength(entry.kind) +
    ENTRY_OVERHEAD_BYTES
  )
}

function writable(frame: Frame): Parameters<typeof FrameMessage.fromPartial>[0] {
  return {
    source: frame.source,
    incarnation: frame.incarnation,
    entries: frame.entries.map(({ sequence, kind, announcement, chain }) => ({
      sequence,
      kind,
      announcement: Buffer.from(announcement),
      chain: Buffer.from(chain),
    })),
  }
}

function mustBeConsecutive(entries: readonly FeedEntry[]): void {
  if (entries.length === 0) throw new Error('a frame without entries')
  let expected = entries[0]!.sequence
  for (const { sequence } of entries)
    if (sequence !== expected++) throw new Error(`a frame with a hole before ${sequence}`)
}
