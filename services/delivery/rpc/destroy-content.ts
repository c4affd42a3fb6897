// Destroys the keys of what the letters of a release say. Envelopes, receipts and signatures stay.
import type {
  DestroyContentRequest,
  DestroyContentResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { serviceNameOf } from './relation.js'

export const destroyContent = ({
  letterContent,
  database,
  clock,
}: Pick<Delivery, 'letterContent' | 'database' | 'clock'>) =>
  unary<DestroyContentRequest, DestroyContentResponse>(async (request, context) => {
    serviceNameOf(context)
    const releaseId = uuidField(request.releaseId, 'release_id')
    const statements = letterContent.destroy(releaseId, clock.now())
    await database.write((transaction) => transaction.run(statements))
    return {}
  })
