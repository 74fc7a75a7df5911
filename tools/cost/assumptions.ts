/**
 * What one machine cannot count: times in AWS, in milliseconds, and people's behaviour. The page states these
 * assumptions and the results with doubled times.
 */
export const times = {
  /** An invocation's own work on a whole processor: it parses, decides and signs requests. */
  ownMs: 4,
  /** argon2id with 19 MiB, twice, on a whole processor; measured on the author's machine. */
  passwordHashMs: 24,
  /** One round trip to DynamoDB. */
  storageMs: 5,
  /** One round trip to SQS, Step Functions, EventBridge or SNS. */
  awsMs: 15,
  /** One round trip to Telegram or a carrier. */
  outsideMs: 150,
  /** The load of a function. AWS bills it like work, and it has a whole processor with any memory size. */
  coldStartMs: 400,
  /** The share of invocations that must load first. */
  coldStartShare: 0.01,
} as const;

/** With less memory a function gets a proportional share of a processor [AWS Lambda developer guide, "Memory"]. */
export const wholeProcessorMb = 1769;

/** How long people take at the page, in seconds. Meanwhile the page polls the challenge. */
export const people = {
  /** From the page's number to the tap in Telegram. */
  tapAfterSeconds: 12,
  /** From the request to a code of an authenticator app. */
  appCodeAfterSeconds: 15,
  /** From the request for a call, or an SMS, to the code that it brought. */
  phoneCodeAfterSeconds: 15,
  /** The time to find and copy a recovery code. */
  recoveryCodeAfterSeconds: 30,
  /** The time between two session checks of a host while the person works. */
  secondsBetweenChecks: 60,
} as const;

/** The approximate length of a Step Functions task token. The account holds it while the service waits for a call. */
export const taskTokenCharacters = 700;

/** The bytes of TCP, TLS and headers of a request to Telegram or a carrier on a new connection, without its body. */
export const connectionBytes = 1500;

/** CloudWatch counts 26 bytes for each event besides its text. */
export const logEventBytes = 26;

/** The lines that Lambda itself writes for each invocation if logs are JSON: a start and a report. */
export const platformLines = [
  '{"time":"2026-11-24T10:00:00.000Z","type":"platform.start","record":{"requestId":"6f747a00-0fb4-4f4f-8a50-1a6f5d3b6c1a","version":"$LATEST"}}',
  '{"time":"2026-11-24T10:00:00.025Z","type":"platform.report","record":{"requestId":"6f747a00-0fb4-4f4f-8a50-1a6f5d3b6c1a","metrics":{"durationMs":24.113,"billedDurationMs":25,"memorySizeMB":512,"maxMemoryUsedMB":112},"tracing":{"spanId":"5f1d3a0c9b7e4a21","type":"X-Amzn-Trace-Id","value":"Root=1-674318a0-3b2c1d0e9f8a7b6c5d4e3f2a;Parent=5f1d3a0c9b7e4a21;Sampled=0;Lineage=1:2f6c1a90:0"},"status":"success"}}',
];

/** The custom metrics of a month. Each name with one set of dimensions that occurred counts as one. */
export const metricSeries = 60;

/** How often Lambda asks an empty queue: it has five pollers, which wait 20 s each. */
export const idlePollsPerMinute = 15;

/** DynamoDB asks for the table's key every five minutes, for each role that reads or writes. */
export const keyAsksPerHour = 12;

/** The share of a log's size that is left after CloudWatch has compressed it. */
export const packedLogShare = 0.15;

/**
 * X-Ray's default rule: it records the first request of each second, and one in twenty of the others [X-Ray developer
 * guide, "Sampling rules"].
 */
export const tracing = { firstOfEachSecond: 1, shareOfOthers: 0.05 } as const;
