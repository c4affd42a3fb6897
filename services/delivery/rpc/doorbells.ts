// Who waits at which mailbox. One registry for all open streams: a waiting stream is one entry here,
// without a timer and without a question to the database until its mailbox is rung.

/** A stream's place at a mailbox. */
export type Bell = {
  /** Waits for the next ring, or takes one that came meanwhile; false: it left. */
  rung(): Promise<boolean>
  /** Counts the rings of the mailbox: a reading of the table may be shared by those who heard the same ones. */
  generation(): number
  leave(): void
}

export type Doorbells = {
  /** Waits at a mailbox from now on: what arrives after this call rings. */
  waitAt(mailbox: string): Bell
  ring(mailbox: string): void
  ringAll(): void
  /** How many wait. */
  count(): number
}

type Door = { generation: number; readonly bells: Set<{ wake(): void }> }

export function doorbells(): Doorbells {
  const doors = new Map<string, Door>()
  let rings = 0 // one count for all: a mailbox that was empty meanwhile begins with a new one
  let waiting = 0

  const ringDoor = (door: Door): void => {
    door.generation = ++rings
    for (const bell of door.bells) bell.wake()
  }

  return {
    waitAt(mailbox) {
      const door = doors.get(mailbox) ?? { generation: ++rings, bells: new Set() }
      doors.set(mailbox, door)
      let pending = false
      let left = false
      let tell: (() => void) | undefined
      const bell = {
        wake() {
          pending = true
          tell?.()
          tell = undefined
        },
      }
      door.bells.add(bell)
      waiting++
      return {
        async rung() {
          if (!pending && !left) await new Promise<void>((resolve) => (tell = resolve))
          pending = false
          return !left
        },
        generation: () => door.generation,
        leave() {
          if (left) return
          left = true
          waiting--
          door.bells.delete(bell)
          if (door.bells.size === 0) doors.delete(mailbox)
          bell.wake()
        },
      }
    },
    ring(mailbox) {
      const door = doors.get(mailbox)
      if (door) ringDoor(door)
    },
    ringAll: () => doors.forEach(ringDoor),
    count: () => waiting,
  }
}
