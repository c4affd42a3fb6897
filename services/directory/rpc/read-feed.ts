// The feed of the directory: for services only.
import type { ReadRequest, ReadResponse } from '../../../gen/huiqian/directory/v1/feed.js'
import { feedPage } from '../../../shared/rpc/feed-page.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Directory } from '../directory.js'

export const readFeed = ({ dossier }: Pick<Directory, 'dossier'>) =>
  unary<ReadRequest, ReadResponse>(async (request) => ({ page: await feedPage(dossier, request) }))
