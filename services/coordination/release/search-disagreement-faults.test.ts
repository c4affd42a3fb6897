// The negative control of the search of disagreement, the gates, paper and moving clocks.
import { faultsOfDisagreement } from './faults-of-disagreement.fixture.js'
import { faultsOfGates } from './faults-of-gates.fixture.js'
import { faultsOfPaper } from './faults-of-paper.fixture.js'
import { findsEach } from './search-faults.fixture.js'

findsEach([...faultsOfDisagreement, ...faultsOfGates, ...faultsOfPaper])
