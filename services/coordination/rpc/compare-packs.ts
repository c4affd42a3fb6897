// ComparePolicyPacks: the same case under two packs, point by point.
import type {
  ComparePolicyPacksRequest,
  ComparePolicyPacksResponse,
  PackPoint,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { DisclosureAttribute } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { enumField, missing, textField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampField } from '../../../shared/rpc/timestamps.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import { articleOf, packName, type Pack } from '../pack/pack.js'
import { POINTS, pointsOf, type Case, type Point, type PointName } from '../pack/points.js'
import { ATTRIBUTES, wordOf } from './enums.js'

const NAME = { maxBytes: 80, oneLine: true }

export const comparePolicyPacks = ({
  packs,
  revisions,
}: Pick<Coordination, 'packs' | 'revisions'>) =>
  unary<ComparePolicyPacksRequest, ComparePolicyPacksResponse>((request) => {
    if (request.receivedAt === undefined) throw missing('received_at')
    const receivedAt = timestampField(request.receivedAt, 'received_at')
    const region = textField(request.region, 'region', { ...NAME, required: false })
    const attribute =
      request.attribute === DisclosureAttribute.UNSPECIFIED
        ? 'active'
        : wordOf(ATTRIBUTES, enumField(request.attribute, 'attribute', DisclosureAttribute))
    const { jointlyMade } = request
    const deadlines = revisions.newest()
    const under = (asked: string, field: string) => {
      const { pack } = chosen(packs, textField(asked, field, NAME), field, receivedAt)
      const deadline = deadlines?.of(receivedAt, pack, region === '' ? 'CN' : region)
      const about: Case = { attribute, jointlyMade, deadline }
      return { pack, points: pointsOf(pack, about) }
    }
    const one = under(request.one, 'one')
    const other = under(request.other, 'other')
    return Promise.resolve({
      one: packName(one.pack),
      other: packName(other.pack),
      points: (Object.keys(POINTS) as PointName[]).map((point) => ({
        point,
        nameZh: POINTS[point].zh,
        nameEn: POINTS[point].en,
        one: pointMessage(one.pack, one.points[point]),
        other: pointMessage(other.pack, other.points[point]),
        differs: one.points[point].words.zh !== other.points[point].words.zh,
      })),
    })
  })

/** The pack asked for, in force on the day of the receipt; the field of the refusal is the one that named it. */
function chosen(packs: Coordination['packs'], asked: string, field: string, at: number) {
  try {
    return packs.choose(asked, dateOf(dayOf(at)))
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'PACK_UNKNOWN') throw error
    throw new Refusal('malformed', 'PACK_UNKNOWN', 'house/packs', {
      field,
      pack: asked.slice(0, 64),
      date: dateOf(dayOf(at)),
    })
  }
}

function pointMessage(pack: Pack, { words, rule }: Point): PackPoint {
  const article =
    'law' in rule ? { id: 'law', citation: rule.law, text: '' } : articleOf(pack, rule)
  return { textZh: words.zh, textEn: words.en, article }
}
