// Faults in letters and replies on paper, each with the invariant that has to find it.
import type { Consultation } from '../consultation/consultation.js'
import { firm } from './law.fixture.js'
import { folding, seeing, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'

const receivedOnPaper = (one: Consultation): Consultation =>
  one.paper === undefined ? one : { ...one, status: 'running', receivedAt: 1, deadline: firm }

export const faultsOfPaper: readonly Fault[] = [
  [
    'a contested service from which a clock runs',
    'letters on paper',
    'a contested or late service starts no clock before it is decided',
    folding('PaperServiceContested', (release) => seeing(release, receivedOnPaper)),
  ],
  [
    'a rejected service from which a clock runs',
    'letters on paper',
    'a rejected service leaves the receipt by wire, or none',
    folding('PaperServiceDecided', (release, _, { confirmed }) =>
      confirmed ? release : seeing(release, receivedOnPaper),
    ),
  ],
  [
    'the later of two receipts that counts',
    'letters on paper',
    'of two certain receipts the earlier one counts',
    folding('LetterReceived', (release, _, { receivedAt }) =>
      seeing(release, (one) => (one.paper === undefined ? one : { ...one, receivedAt })),
    ),
  ],
  [
    'a clock after a fallen service that ends before what was told',
    'letters on paper',
    'no deadline is earlier than what was told',
    folding('LetterReceived', (release, _, { deadline }) =>
      seeing(release, (one) =>
        one.paper === undefined || deadline === undefined ? one : { ...one, deadline },
      ),
    ),
  ],
  [
    'a rejection that forgets what was told',
    'letters on paper',
    'what was told is never forgotten and never shortened',
    folding('PaperServiceDecided', (release) =>
      seeing(release, (one) => {
        if (one.paper === undefined) return one
        const { told: _told, ...paper } = one.paper
        return { ...one, paper }
      }),
    ),
  ],
  [
    'a reversal that says another cause',
    'letters on paper',
    'a reversal always has its cause on record',
    {
      contestPaperService: (...all) =>
        theLaw
          .contestPaperService(...all)
          .map((event) =>
            event.type === 'DeemedConsentReversed'
              ? { ...event, cause: 'admitted-in-time' as const }
              : event,
          ),
    },
  ],
  [
    'a deeming that survives a reply on paper in time',
    'replies on paper',
    'a deeming never survives a reply on paper that was handed in before its deadline',
    {
      recordPaperOpinion: (release, ...all) =>
        Object.values(release.consultations).some(({ status }) => status === 'deemed')
          ? []
          : theLaw.recordPaperOpinion(release, ...all),
    },
  ],
  [
    'a no that the releasing agency’s own record lifts',
    'replies on paper',
    'the releasing agency’s record never lifts a no that the agency gave itself',
    {
      recordPaperOpinion: (release, pack, command) =>
        theLaw.recordPaperOpinion(release, pack, { ...command, part: 'consulted' }),
    },
  ],
  [
    'an own word that gives way to what another recorded',
    'replies on paper',
    'an agency’s own word takes the place of what another recorded for it',
    {
      decideOpinion: (...all) =>
        without('OpinionGiven')(without('DefectiveObjectionFiled')(theLaw.decideOpinion(...all))),
    },
  ],
  [
    'a service that is confirmed though nobody doubts it',
    'letters on paper',
    'a service is decided once, and what is not in doubt is confirmed by nobody',
    {
      decidePaperService: (release, ...all) =>
        theLaw.decidePaperService(
          seeing(release, (one) =>
            one.paper === undefined
              ? one
              : { ...one, paper: { ...one.paper, status: 'late_on_record' } },
          ),
          ...all,
        ),
    },
  ],
  [
    'a deeming that outlives the service it rests on',
    'letters on paper',
    'a service that falls takes the deeming that rests on it',
    {
      contestPaperService: (...all) =>
        without('DeemedConsentReversed')(theLaw.contestPaperService(...all)),
    },
  ],
  [
    'a confirmed service by which its agency is late already',
    'letters on paper',
    'a confirmed service lets nobody be late before the agency was told',
    {
      decidePaperService: (release, pack, command) =>
        theLaw.decidePaperService(release, pack, {
          ...command,
          calendar: { ...command.calendar, endOfFirstWorkingDayAfter: () => firm },
        }),
    },
  ],
]
