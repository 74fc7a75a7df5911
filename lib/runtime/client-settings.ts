/**
 * Limits of every AWS client: a dependency that hangs is a fault within seconds, and two retries with jitter ride out
 * what passes by itself.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
};

/** Of the event bus: one short attempt. The log has what the bus does not take, and no sign-in waits for it. */
export const eventClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 500 },
};

/** Of SNS: 3 s like any carrier, and one attempt, since SNS knows no idempotency key. */
export const smsClientSettings = {
  ...clientSettings,
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 3000 },
};
