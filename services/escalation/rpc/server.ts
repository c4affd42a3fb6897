// The calls of escalation, each with its handler and its row of the table (shared/authorisation).
import type { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { DisputeServiceService } from '../../../gen/huiqian/escalation/v1/escalation.js'
import {
  FeedServiceService,
  type ReadRequest,
  type ReadResponse,
} from '../../../gen/huiqian/escalation/v1/feed.js'
import { standIn } from '../../../shared/copies/stand-in.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { feedPage } from '../../../shared/rpc/feed-page.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { DISPUTE_ROWS, ESCALATION_FEED_ROWS } from '../../../shared/authorisation/escalation.js'
import { serves, type ServedService } from '../../../shared/rpc/served.js'
import type { Escalation } from '../escalation.js'
import { acceptDispute } from './accept-dispute.js'
import { giveCoReview } from './give-co-review.js'
import { handUpDispute } from './hand-up-dispute.js'
import { issueRuling } from './issue-ruling.js'
import { getDispute, listDisputes } from './read-disputes.js'
import { redirectDispute } from './redirect-dispute.js'
import { requestCoReview } from './request-co-review.js'
import { returnDispute } from './return-dispute.js'
import { watchDisputes } from './watch-disputes.js'

export function servedBy(
  room: Escalation,
  directory: () => Calls<typeof DirectoryServiceClient.service>,
): readonly ServedService[] {
  const served = [
    serves(
      DisputeServiceService,
      {
        listDisputes: listDisputes(room),
        getDispute: getDispute(room),
        watchDisputes: watchDisputes(room),
        redirectDispute: redirectDispute(room),
        acceptDispute: acceptDispute(room),
        returnDispute: returnDispute(room),
        handUpDispute: handUpDispute(room, directory),
        requestCoReview: requestCoReview(room),
        giveCoReview: giveCoReview(room),
        issueRuling: issueRuling(room),
      },
      DISPUTE_ROWS,
    ),
    serves(
      FeedServiceService,
      {
        read: unary<ReadRequest, ReadResponse>(async (request) => ({
          page: await feedPage(room.dossier, request),
        })),
      },
      ESCALATION_FEED_ROWS,
    ),
  ]
  return served.map(standIn(room))
}
