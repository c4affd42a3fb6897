// Waiting that an end can interrupt. Racing every wait against one long-lived promise would hang a
// reaction on it for each message of a stream, for as long as the stream lives.

/** The end of a stream, and waiting until it at most. */
export class Ending {
  #over = false
  #interrupt = (): void => {}

  get isOver(): boolean {
    return this.#over
  }

  /** What `work` gives, or undefined where the end comes first. One wait at a time. */
  orEnd<T>(work: Promise<T>, afterwards: (error: unknown) => void): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#interrupt = () => resolve(undefined)
      if (this.#over) this.#interrupt()
      work.then(resolve, (error: unknown) => (this.#over ? afterwards(error) : reject(error)))
    })
  }

  end(): void {
    this.#over = true
    this.#interrupt()
  }
}
