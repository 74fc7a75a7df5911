/**
 * What cannot be counted on one machine: how long things take in AWS, and what people do. Times are milliseconds. The
 * page states them, and what comes of doubling the times.
 */
export const times = {
  /** Own work of an invocation on a whole processor: parsing, deciding, signing requests. */
  ownMs: 4,
  /** argon2id with 19 MiB, twice, on a whole processor; measured on the machine that this was written on. */
  passwordHashMs: 24,
  /** One round trip to DynamoDB. */
  storageMs: 5,
  /** One round trip to SQS, Step Functions, EventBridge or SNS. */
  awsMs: 15,
  /** One round trip to Telegram or a carrier. */
  outsideMs: 150,
  /** Loading a function, which is billed like its work and has a whole processor whatever the memory. */
  coldStartMs: 400,
  /** Of all invocations, how many have to load first. */
  coldStartShare: 0.01,
} as const;

/** With less memory a function has that share of a processor [AWS Lambda developer guide, "Memory"]. */
export const wholeProcessorMb = 1769;

/** What people do at the page, in seconds. It asks for news of the challenge meanwhile. */
export const people = {
  /** From the page's number to the tap in Telegram. */
  tapAfterSeconds: 12,
  /** From the request to a code of an authenticator app. */
  appCodeAfterSeconds: 15,
  /** From the request for a call, or an SMS, to the code that it brought. */
  phoneCodeAfterSeconds: 15,
  /** To find and copy a recovery code. */
  recoveryCodeAfterSeconds: 30,
  /** Between two questions of a host who is signed in, while somebody works. */
  secondsBetweenChecks: 60,
} as const;

/** A task token of Step Functions has about so many characters; it is kept in the account while a call is waited for. */
export const taskTokenCharacters = 700;

/** TCP, TLS and headers of a call to Telegram or a carrier that has no connection yet, beside its body. */
export const connectionBytes = 1500;

/** How CloudWatch counts what it takes in: 26 bytes an event beside its text. */
export const logEventBytes = 26;

/** What Lambda itself writes for each invocation where logs are JSON: a start and a report. */
export const platformLines = [
  '{"time":"2026-11-24T10:00:00.000Z","type":"platform.start","record":{"requestId":"6f747a00-0fb4-4f4f-8a50-1a6f5d3b6c1a","version":"$LATEST"}}',
  '{"time":"2026-11-24T10:00:00.025Z","type":"platform.report","record":{"requestId":"6f747a00-0fb4-4f4f-8a50-1a6f5d3b6c1a","metrics":{"durationMs":24.113,"billedDurationMs":25,"memorySizeMB":512,"maxMemoryUsedMB":112},"tracing":{"spanId":"5f1d3a0c9b7e4a21","type":"X-Amzn-Trace-Id","value":"Root=1-674318a0-3b2c1d0e9f8a7b6c5d4e3f2a;Parent=5f1d3a0c9b7e4a21;Sampled=0;Lineage=1:2f6c1a90:0"},"status":"success"}}',
];

/** Custom metrics of a month: a name with one set of dimensions that occurred counts as one. */
export const metricSeries = 60;

/** Lambda asks a queue without messages so often: five pollers that wait 20 s each. */
export const idlePollsPerMinute = 15;

/** DynamoDB asks for the table's key again after five minutes, for each role that reads or writes. */
export const keyAsksPerHour = 12;

/** What is left of a log when CloudWatch has packed it. */
export const packedLogShare = 0.15;

/** X-Ray's own rule takes one in twenty, beside the first of each second. */
export const tracedShare = 0.05;
