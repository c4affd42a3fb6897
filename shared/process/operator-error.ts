// An error whose message is written for the operator of the process, and is shown at start: what is
// wrong and what to do. It never quotes content, for it goes where logs go.

/** An error that says what the operator has to do; told in both languages, Chinese first, a line each. */
export class OperatorError extends Error {
  constructor(
    message: string | { readonly zh: string; readonly en: string },
    options?: ErrorOptions,
  ) {
    super(typeof message === 'string' ? message : `${message.zh}\n${message.en}`, options)
    this.name = 'OperatorError'
  }
}
