// Readings elsewhere of what a release said, put with those here: the releasing agency sees them in one list.
import type { Part } from '../../../shared/dossier/dossier.js'
import type { Kinds } from '../coordination.js'
import type { ReadingEvent, ReadWhere } from '../readings.js'

export type HeardReading = {
  readonly releaseId: string
  readonly version: number
  readonly reader: string
  readonly readAt: number
  readonly where: ReadWhere
}

export function readingsOf(
  { readings: { name } }: Pick<Kinds, 'readings'>,
  heard: readonly HeardReading[],
): { readonly loads: { readonly kind: string; readonly id: string }[]; readonly parts: Part[] } {
  const byRelease = new Map<string, ReadingEvent[]>()
  for (const { releaseId, ...reading } of heard)
    byRelease.set(releaseId, [
      ...(byRelease.get(releaseId) ?? []),
      { type: 'DraftRead', ...reading },
    ])
  return {
    loads: [...byRelease.keys()].map((id) => ({ kind: name, id })),
    parts: [...byRelease].map(([id, events]) => ({ kind: name, id, events })),
  }
}
