// Every small world of disagreement, joint releases, approvals, declarations, paper and moving clocks, searched to
// its end (search.test.ts has the other part).
import { searchPart } from './search-parts.fixture.js'
import { worldsOfDisagreement } from './worlds-of-disagreement.fixture.js'

searchPart('disagreement', worldsOfDisagreement, 60_000)
