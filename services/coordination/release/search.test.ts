// Every small world of consultations, searched to its end: whatever order things happen in, the invariants hold.
// Together with the other part the worlds reach everything that the law can record; a new event that none
// reaches fails.
import { searchPart } from './search-parts.fixture.js'
import { worldsOfConsultations } from './worlds.fixture.js'

searchPart('consultations', worldsOfConsultations, 200_000)
