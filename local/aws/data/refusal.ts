const refusals = new WeakSet<Error>();

/** Makes an error that the operator can mend. Its message says how, and the commands print no stack trace for it. */
export function refusal(message: string): Error {
  const error = new Error(message);
  refusals.add(error);
  return error;
}

export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && refusals.has(error);
}
