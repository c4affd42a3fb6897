// How an agency is notified that letters came: its hooks. Nobody must be bound by a letter that nobody
// was told of; but no clock hangs on a notification, and a hook that fails holds up no letter. Pure.
// Addresses and secrets are not in here: they lie in tables of their own, the event holds a salted digest.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

export type HookKind = 'webhook' | 'email'

export type Hook = {
  readonly hookId: Id<'hook'>
  readonly kind: HookKind
  readonly setAt: Instant
}

export type HooksEvent =
  | {
      readonly type: 'NotificationHookSet'
      readonly hookId: Id<'hook'>
      readonly kind: HookKind
      /** SHA-256(salt ‖ address, UTF-8), hex. */
      readonly target: string
      readonly setAt: Instant
    }
  | {
      readonly type: 'NotificationHookRemoved'
      readonly hookId: Id<'hook'>
      readonly removedAt: Instant
    }

export type HooksCommand =
  | {
      readonly type: 'SetHook'
      readonly hookId: Id<'hook'>
      readonly kind: HookKind
      readonly target: string
      readonly now: Instant
    }
  | { readonly type: 'RemoveHook'; readonly hookId: Id<'hook'>; readonly now: Instant }

/** The hooks of one agency, in the order in which they were set. */
export type Hooks = { readonly hooks: readonly Hook[] }

export const HOOKS_MAX = 10

export const noHooks: Hooks = { hooks: [] }

export function decide({ hooks }: Hooks, command: HooksCommand): readonly HooksEvent[] {
  switch (command.type) {
    case 'SetHook': {
      if (hooks.length >= HOOKS_MAX)
        throw new Refusal('out-of-order', 'NOTIFICATION_HOOKS_TOO_MANY', 'house/notifications', {
          limit: HOOKS_MAX,
        })
      const { hookId, kind, target, now } = command
      return [{ type: 'NotificationHookSet', hookId, kind, target, setAt: now }]
    }
    case 'RemoveHook': {
      const { hookId, now } = command
      if (!hooks.some((hook) => hook.hookId === hookId))
        throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
      return [{ type: 'NotificationHookRemoved', hookId, removedAt: now }]
    }
  }
}

export function evolve({ hooks }: Hooks, event: HooksEvent): Hooks {
  switch (event.type) {
    case 'NotificationHookSet': {
      const { hookId, kind, setAt } = event
      return { hooks: [...hooks, { hookId, kind, setAt }] }
    }
    case 'NotificationHookRemoved':
      return { hooks: hooks.filter(({ hookId }) => hookId !== event.hookId) }
  }
}
