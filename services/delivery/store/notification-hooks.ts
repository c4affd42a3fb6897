// Hooks as they stand. Addresses and secrets lie in a table apart, which only the sender reads whole.
import { sql } from 'kysely'
import type { Statement } from '../../../shared/database/database.js'
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import type { HookKind, HooksEvent } from '../notification/hooks.js'
import type { DeliveryDatabase } from './schema.js'

export type NotificationHooks = ReturnType<typeof notificationHooks>

/** Whose key seals the secret of a hook, and where it belongs. */
export const placeOfSecret = (hookId: string) =>
  [`hook:${hookId}`, ['notification-secret', hookId]] as const

/** A hook without its secret. */
export type HookRow = {
  readonly hook_id: string
  readonly kind: HookKind
  readonly set_at: number
  readonly failures: number
  readonly address: string
}

export function notificationHooks(database: DeliveryDatabase, vault: Vault) {
  const add = database.compileOnce<{
    hook_id: string
    agency: string
    kind: HookKind
    set_at: number
  }>((db, $) =>
    db.insertInto('notification_hook').values({
      ...{ hook_id: $('hook_id'), agency: $('agency'), kind: $('kind'), set_at: $('set_at') },
      ...{ removed_at: null, failures: 0 },
    }),
  )
  const remove = database.compileOnce<{ hook_id: string; removed_at: number }>((db, $) =>
    db
      .updateTable('notification_hook')
      .set({ removed_at: $('removed_at') })
      .where('hook_id', '=', $('hook_id')),
  )
  const hurry = database.compileOnce<{ hook_id: string; at: number }>((db, $) =>
    db
      .updateTable('notification')
      .set({ next_at: $('at') })
      .where('hook_id', '=', $('hook_id'))
      .where('state', '=', sql.lit('waiting')),
  )
  const keep = database.compileOnce<{ hook_id: string; address: string; secret: string }>((db, $) =>
    db
      .insertInto('notification_target')
      .values({ hook_id: $('hook_id'), address: $('address'), secret: $('secret') }),
  )
  const destroy = database.compileOnce<{ hook_id: string }>((db, $) =>
    db.deleteFrom('notification_target').where('hook_id', '=', $('hook_id')),
  )
  const failed = database.compileOnce<{ hook_id: string }>((db, $) =>
    db
      .updateTable('notification_hook')
      .set(({ ref }) => ({ failures: sql<number>`${ref('failures')} + 1` }))
      .where('hook_id', '=', $('hook_id')),
  )
  const worked = database.compileOnce<{ hook_id: string }>((db, $) =>
    db.updateTable('notification_hook').set({ failures: 0 }).where('hook_id', '=', $('hook_id')),
  )
  const list = database.compileOnce<{ agency: string }>((db, $) =>
    db
      .selectFrom('notification_hook')
      .innerJoin('notification_target', 'notification_target.hook_id', 'notification_hook.hook_id')
      .select([
        'notification_hook.hook_id',
        'notification_hook.kind',
        'notification_hook.set_at',
        'notification_hook.failures',
        'notification_target.address',
      ])
      .where('notification_hook.agency', '=', $('agency'))
      .where('notification_hook.removed_at', 'is', null)
      .orderBy('notification_hook.set_at')
      .orderBy('notification_hook.hook_id'),
  )
  return {
    /** The statements that keep the table in step with the record. What waits for a removed hook is ended at once. */
    of(agency: string, event: HooksEvent): readonly Statement[] {
      const { hookId: hook_id } = event
      switch (event.type) {
        case 'NotificationHookSet':
          return [add({ hook_id, agency, kind: event.kind, set_at: event.setAt })]
        case 'NotificationHookRemoved': {
          const { removedAt } = event
          return [
            remove({ hook_id, removed_at: removedAt }),
            hurry({ hook_id, at: removedAt }),
            destroy({ hook_id }),
            vault.destroy(placeOfSecret(hook_id)[0], removedAt),
          ]
        }
      }
    },
    target(hook_id: string, address: string, secret: string): readonly Statement[] {
      const sealed = vault.sealText(...placeOfSecret(hook_id), secret)
      return [...sealed.keep, keep({ hook_id, address, secret: sealed.text })]
    },
    failed: (hook_id: string): Statement => failed({ hook_id }),
    worked: (hook_id: string): Statement => worked({ hook_id }),
    async list(agency: string): Promise<HookRow[]> {
      return (await database.query(list({ agency }))) as HookRow[]
    },
  }
}
