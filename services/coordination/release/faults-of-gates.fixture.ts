// Faults in joint releases, approvals, declarations and breaches, each with the invariant that has to find it.
import { cleared, folding, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'

export const faultsOfGates: readonly Fault[] = [
  [
    'silence that confirms',
    'a joint release',
    'silence never confirms: each co-producer said yes to the cleared version, or was overruled',
    folding('ConsentDeemed', cleared),
  ],
  [
    'a contradiction that is taken for a yes',
    'a joint release',
    'a confirmation is confirmed exactly where its co-producer said so',
    folding('JointReleaseContradicted', (release) => ({
      ...release,
      confirmations: Object.fromEntries(
        Object.entries(release.confirmations).map(([id, one]) => [
          id,
          { ...one, status: 'confirmed' as const },
        ]),
      ),
    })),
  ],
  [
    'a co-producer that is not asked about the new version',
    'a joint release',
    'each co-producer is asked about each version, unless a ruling settled it',
    { reviseDraft: (...all) => without('ConfirmationsRequested')(theLaw.reviseDraft(...all)) },
  ],
  [
    'a contradiction that opens no negotiation',
    'a joint release',
    'a contradiction opens negotiation',
    {
      confirmJointRelease: (...all) =>
        without('NegotiationOpened')(theLaw.confirmJointRelease(...all)),
    },
  ],
  [
    'an approval that serves for the next version',
    'approved or not',
    'an approval opens the gate of its own version alone',
    folding('LettersIssued', (release) =>
      release.version > 1 && release.approvals.length > 0 ? cleared(release) : release,
    ),
  ],
  [
    'a clearance over an unanswered declaration',
    'affected too',
    'an unanswered declaration keeps the gate shut, and holds what is cleared',
    {
      decideSilence: (release, ...all) =>
        theLaw.decideSilence({ ...release, declarations: [] }, ...all),
    },
  ],
  [
    'an agency that is consulted and gets no letter',
    'affected too',
    'who is consulted because it said so is asked in this version and in every later one',
    { answerDeclaration: (...all) => without('LettersIssued')(theLaw.answerDeclaration(...all)) },
  ],
  [
    'a declaration of who is asked already',
    'affected too',
    'nobody who is asked, and nobody twice, is waited for as a declaration',
    {
      declareAffected: (release, ...all) =>
        theLaw.declareAffected({ ...release, affected: [], declarations: [] }, ...all),
    },
  ],
  [
    'a confirmation of another text',
    'a joint release',
    'a confirmation is to the present text and no other',
    {
      confirmJointRelease: (release, pack, command) =>
        theLaw.confirmJointRelease(release, pack, {
          ...command,
          draftDigest: release.draftDigest,
        }),
    },
  ],
  [
    'a reminder that wipes out a contradiction',
    'a joint release',
    'a confirmation is changed by its co-producer alone, or ends with its version',
    folding('OpinionGiven', (release) => ({
      ...release,
      confirmations: Object.fromEntries(
        Object.entries(release.confirmations).map(([id, { answer: _answer, ...one }]) => [
          id,
          { ...one, status: 'awaited' as const },
        ]),
      ),
    })),
  ],
  [
    'a contradiction after the clearance',
    'a joint release',
    'nothing is confirmed or contradicted after the clearance',
    {
      confirmJointRelease: ({ cleared: _cleared, ...release }, ...all) =>
        theLaw.confirmJointRelease(release, ...all),
    },
  ],
  [
    'an approval of another text',
    'approved or not',
    'an approval is of the present text',
    {
      recordApproval: (release, pack, command) =>
        theLaw.recordApproval(release, pack, { ...command, draftDigest: release.draftDigest }),
    },
  ],
  [
    'a declaration that is answered twice',
    'affected too',
    'a declaration is answered once',
    {
      answerDeclaration: (release, ...all) =>
        theLaw.answerDeclaration(
          {
            ...release,
            declarations: release.declarations.map((one) => ({ ...one, status: 'open' as const })),
          },
          ...all,
        ),
    },
  ],
  [
    'a declaration that a new version lifts',
    'affected too, in a later version',
    'a declaration is lifted by an answer, and by nothing else',
    folding('DraftRevised', (release) => ({ ...release, declarations: [] })),
  ],
  [
    'a clearance that stands though one more agency is asked',
    'affected too',
    'who is consulted after the clearance undoes it',
    {
      answerDeclaration: (...all) => without('ClearanceReversed')(theLaw.answerDeclaration(...all)),
    },
  ],
  [
    'a breach that is referred before there is one',
    'approved or not',
    'a breach is referred only where one is on record',
    {
      referBreach: (_release, _pack, referral) => [{ type: 'BreachReferred', ...referral }],
    },
  ],
]
