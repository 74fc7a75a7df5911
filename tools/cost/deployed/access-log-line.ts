const usualValues: Readonly<Record<string, string>> = {
  "context.requestId": "Bn2pPgY8FiAEPsA=",
  "context.requestTime": "24/Nov/2026:10:00:00 +0000",
  "context.identity.sourceIp": "203.0.113.207",
  "context.routeKey": "POST /v1/challenge/complete",
  "context.status": "200",
  "context.responseLength": "612",
  "context.responseLatency": "38",
  "context.integrationLatency": "35",
  "context.integrationStatus": "200",
};

/** An access log line with values of the usual length, by the format that the stage has. */
export const accessLogLine = (format: string): string =>
  format.replace(/\$([\w.]+)/g, (_, name: string) => usualValues[name] ?? "-");
