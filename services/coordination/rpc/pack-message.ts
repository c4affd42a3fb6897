// A policy pack as lists tell it.
import type { PolicyPack } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { StoredPack } from '../store/packs.js'

export const packMessage = ({ pack, digest }: StoredPack, adopted: boolean): PolicyPack => ({
  packId: pack.id,
  version: pack.version,
  title: pack.title,
  digest,
  replyWithin: pack.reply.within,
  replyUnit: pack.reply.unit,
  silence: pack.silence.effect,
  validFrom: pack.validFrom,
  validUntil: pack.validUntil ?? '',
  articles: Object.entries(pack.articles).map(([id, { citation, text }]) => ({
    id: `${pack.cite}/${id}`,
    citation,
    text,
  })),
  adopted,
})
