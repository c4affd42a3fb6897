// What an import of agencies was answered, so that its repetition is answered alike.
import type { Statement } from '../../../shared/database/database.js'
import type { RequestKey } from '../../../shared/dossier/dossier.js'
import type { DirectoryDatabase, DirectoryTables } from './schema.js'

/** Codes that were registered, changed, and left as they were. */
export type ImportAnswer = {
  readonly registered: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: readonly string[]
}

export type ImportAnswers = ReturnType<typeof importAnswers>

export function importAnswers(database: DirectoryDatabase) {
  const keep = database.compileOnce<DirectoryTables['import_answer']>((db, $) =>
    db.insertInto('import_answer').values({
      caller: $('caller'),
      request_id: $('request_id'),
      answer: $('answer'),
    }),
  )
  return {
    keep: ({ caller, requestId: request_id }: RequestKey, answer: ImportAnswer): Statement =>
      keep({ caller, request_id, answer: JSON.stringify(answer) }),
    async of({ caller, requestId }: RequestKey): Promise<ImportAnswer> {
      const row = await database.read
        .selectFrom('import_answer')
        .select('answer')
        .where('caller', '=', caller)
        .where('request_id', '=', requestId)
        .executeTakeFirstOrThrow()
      return JSON.parse(row.answer) as ImportAnswer
    },
  }
}
