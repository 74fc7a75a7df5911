/**
 * Whether a request failed while its connection was being made: then nothing was asked of anybody. `fetch` wraps such
 * an error; an address with several attempts (IPv6 and IPv4) fails with one for each.
 */
export const neverConnected = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(neverConnected);
  if ("syscall" in error) return error.syscall === "connect" || error.syscall === "getaddrinfo";
  return neverConnected(error.cause);
};
