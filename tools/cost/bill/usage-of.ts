import {
  connectionBytes,
  logEventBytes,
  platformLines,
  times,
  wholeProcessorMb,
} from "../assumptions.ts";
import { roundTrips } from "../../../test/support/round-trips.ts";
import type { Deployed } from "../deployed/deployed.ts";
import type { Call, Invocation } from "../metering/meter.ts";
import { scaled, sum, usage, type Usage } from "./usage.ts";

/** A set of assumed times. A second set shows how much they matter. */
export type Times = { readonly [Name in keyof typeof times]: number };

/** The billed time of an invocation in milliseconds. It multiplies the counts by the assumed times. */
export const billedMs = (
  { functionName, route, calls }: Invocation,
  { memoryMb }: Pick<Deployed, "memoryMb">,
  assumed: Times,
): number => {
  const slower = Math.max(1, wholeProcessorMb / memoryMb[functionName]);
  const hashes = hashing.includes(route ?? "") ? 1 : 0;
  const series = (to: Call["to"]) => roundTrips(calls.filter((call) => call.to === to));
  return (
    (assumed.ownMs + hashes * assumed.passwordHashMs) * slower +
    series("storage") * assumed.storageMs +
    series("aws") * assumed.awsMs +
    series("outside") * assumed.outsideMs +
    assumed.coldStartShare * assumed.coldStartMs
  );
};

/** The routes that check or set a password, and so compute a hash. */
const hashing = ["POST /v1/sign-in", "POST /v1/reauthentication", "PUT /v1/password"];

/** Routes that browsers do not call. Their requests never come through CloudFront. */
const machines = ["POST /v1/telegram/webhook", "POST /v1/calls/{carrier}/status"];

/** The usage of one invocation. */
export const usageOfInvocation = (
  invocation: Invocation,
  deployed: Omit<Deployed, "fallback">,
  assumed: Times = times,
): Usage => {
  const { functionName, route, calls, lines, answerBytes } = invocation;
  const seconds = billedMs(invocation, deployed, assumed) / 1000;
  const count = (...operations: string[]) =>
    calls
      .filter(({ operation }) => operations.includes(operation))
      .reduce((total, { amount }) => total + amount, 0);
  const asked = (...operations: string[]) =>
    calls.filter(({ operation }) => operations.includes(operation)).length;
  const add = (numberOf: (call: Call) => number) =>
    calls.reduce((total, call) => total + numberOf(call), 0);
  const logged = [...lines, ...platformLines, ...(route === null ? [] : [deployed.accessLogLine])];
  return usage({
    httpRequests: route === null ? 0 : 1,
    edgeRequests: deployed.behindEdge && route !== null && !machines.includes(route) ? 1 : 0,
    lambdaRequests: 1,
    lambdaGbSeconds: (seconds * deployed.memoryMb[functionName]) / 1024,
    lambdaSeconds: seconds,
    requestsTo: route === null ? {} : { [route]: 1 },
    secondsIn: { [functionName]: seconds },
    readUnits: add(({ readUnits }) => readUnits),
    writeUnits: add(({ writeUnits }) => writeUnits),
    // Lambda receives and deletes the sender's messages. If there are few, it takes them one at a time.
    queueRequests: asked("SendMessage") + (functionName === "telegram-sender" ? 2 : 0),
    events: count("PutEvents"),
    putEvents: asked("PutEvents"),
    startExecutions: asked("StartExecution"),
    taskAnswers: asked("SendTaskSuccess", "SendTaskFailure"),
    telegramMessages: asked("sendMessage", "editMessageText"),
    calls: asked("initCall"),
    sms: asked("Publish"),
    secretReads: assumed.coldStartShare * deployed.secretsOf[functionName],
    logBytes: logged.reduce((total, line) => total + Buffer.byteLength(line) + logEventBytes, 0),
    bytesOut:
      answerBytes + add(({ to, bytes }) => (to === "outside" ? bytes + connectionBytes : 0)),
  });
};

/** The usage of one run: the whole count, divided by `times`. */
export const usageOf = (
  counted: {
    readonly times: number;
    readonly invocations: readonly Invocation[];
    readonly transitions: number;
  },
  deployed: Omit<Deployed, "fallback">,
  assumed: Times = times,
): Usage => {
  const all = sum([
    ...counted.invocations.map((one) => usageOfInvocation(one, deployed, assumed)),
    usage({ transitions: counted.transitions }),
  ]);
  return scaled(1 / counted.times, all);
};
