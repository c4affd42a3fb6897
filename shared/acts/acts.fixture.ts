// Signed acts for a service that a test hosts by itself: with real signatures, for the house of the development domain.
import { actsOf, type OpenActs } from './acts.js'
import { openSignatures } from './signatures.js'

export const actsInHand: OpenActs = (keys) =>
  actsOf({ keys, signatures: openSignatures(), house: 'huiqian.local' })
