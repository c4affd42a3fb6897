// The feed of delivery: for services only.
import type { ReadRequest, ReadResponse } from '../../../gen/huiqian/delivery/v1/feed.js'
import { feedPage } from '../../../shared/rpc/feed-page.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'

export const readFeed = ({ dossier }: Pick<Delivery, 'dossier'>) =>
  unary<ReadRequest, ReadResponse>(async (request) => ({ page: await feedPage(dossier, request) }))
