/**
 * Limits of every AWS client. A dependency that hangs becomes a fault within seconds. Two retries with jitter get past
 * short failures.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
};

/**
 * The client of the event bus makes one short attempt. The log holds the entries that the bus does not take, and no
 * sign-in waits for the bus.
 */
export const eventClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 500 },
};

/** The client of SNS waits 3 s, as for any carrier, and makes one attempt, since SNS knows no idempotency key. */
export const smsClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 3000 },
};
