// An error whose message is written for the operator of the process, and is shown at start: what is
// wrong and what to do. It never quotes content, for it goes where logs go.

/** An error that says what the operator has to do. */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OperatorError'
  }
}
