const refusals = new WeakSet<Error>();

/** An error that whoever started the stack can mend: its message says how, and no stack trace is shown. */
export function refusal(message: string): Error {
  const error = new Error(message);
  refusals.add(error);
  return error;
}

export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && refusals.has(error);
}
