// The negative control of the search of consultations; and of the invariants: one that no fault can break says nothing.
import { expect, test } from 'vitest'
import { faultsOfConsultations } from './faults-of-consultations.fixture.js'
import { faultsOfDisagreement } from './faults-of-disagreement.fixture.js'
import { faultsOfGates } from './faults-of-gates.fixture.js'
import { faultsOfPaper } from './faults-of-paper.fixture.js'
import { faultsOfReplies } from './faults-of-replies.fixture.js'
import { invariants } from './invariants.fixture.js'
import { findsEach } from './search-faults.fixture.js'

findsEach([...faultsOfConsultations, ...faultsOfReplies])

test('each invariant has a planted fault that breaks it', () => {
  const faults = [
    ...[faultsOfConsultations, faultsOfReplies],
    ...[faultsOfDisagreement, faultsOfGates, faultsOfPaper],
  ].flat()
  const broken = new Set(faults.map(([, , invariant]) => invariant))
  const names = [...Object.keys(invariants.states), ...Object.keys(invariants.steps)]
  expect(names.filter((name) => !broken.has(name))).toEqual([])
  expect([...broken].filter((name) => !names.includes(name))).toEqual([])
})
