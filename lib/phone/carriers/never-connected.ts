/**
 * Whether a request failed while its connection was being made: then the server got no request. `fetch` wraps such an
 * error. An address with several attempts (IPv6 and IPv4) fails with one error for each.
 */
export const neverConnected = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(neverConnected);
  if ("syscall" in error) return error.syscall === "connect" || error.syscall === "getaddrinfo";
  return neverConnected(error.cause);
};
