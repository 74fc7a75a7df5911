import * as z from "zod/mini";
import { faultFields, type Log } from "../log/log.ts";
import { type Answer, answerTries, sendAnswer, type SendSettings } from "./send-answer.ts";

const Request = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
  ResourceProperties: z.unknown(),
  OldResourceProperties: z.optional(z.unknown()),
});
type CustomResourceRequest = z.infer<typeof Request>;

export type Result =
  | { readonly kind: "done"; readonly status: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What is wanted, and what was wanted before. */
export type Wanted = Pick<
  CustomResourceRequest,
  "RequestType" | "ResourceProperties" | "OldResourceProperties"
>;

/** What Lambda tells of an invocation. */
export type Invocation = { getRemainingTimeInMillis(): number };

export type CustomResource = {
  /** What the log calls it, as `telegram_setup`. */
  readonly name: string;
  /** The resource's id, for as long as it exists. */
  readonly physicalId: string;
  /** Must end soon after `signal` aborts; the caller does not wait any longer. */
  act(request: Wanted, signal: AbortSignal): Promise<Result>;
  /** The result of a request whose `act` threw, or did not end in time. */
  giveUp(request: Wanted, fault: unknown): Result;
};

/**
 * A function that CloudFormation calls for a custom resource. It always answers, before its own timeout: a stack that
 * gets no answer hangs. It throws only if it can answer nobody; Lambda then tries twice more.
 */
export const customResource =
  (resource: CustomResource, send: SendSettings, log: Log) =>
  async (event: unknown, context: Invocation): Promise<void> => {
    const parsed = Request.safeParse(event);
    // The error holds neither the event nor the parser's error: the URL in them is a key.
    if (!parsed.success) throw new Error("This is not a request of CloudFormation.");
    const request = parsed.data;
    const signal = AbortSignal.timeout(
      Math.max(0, context.getRemainingTimeInMillis() - longestAnswerMs(send)),
    );
    const result = await resultOf(resource, request, signal, log);
    const answer = answerOf(request, resource.physicalId, result);
    if (await sendAnswer(request.ResponseURL, answer, send)) return;
    throw new Error("CloudFormation did not take the answer.");
  };

/** Acts until `signal` aborts at the latest, and logs what came of it. Does not reject. */
export const resultOf = async (
  resource: CustomResource,
  request: Wanted,
  signal: AbortSignal,
  log: Log,
): Promise<Result> => {
  const about = { request: request.RequestType };
  const result = await actInTime(resource, request, signal).catch((fault: unknown) => {
    log.error(`${resource.name}_fault`, { ...about, ...faultFields(fault) });
    // What the signal ended fails in many ways, and always because the time was over.
    return resource.giveUp(request, signal.aborted ? signal.reason : fault);
  });
  log.info(resource.name, { ...about, ...result });
  return result;
};

/** Async, so that what `act` throws at once is a rejection as well. */
const actInTime = async (
  resource: CustomResource,
  request: Wanted,
  signal: AbortSignal,
): Promise<Result> =>
  Promise.race([
    resource.act(request, signal),
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    }),
  ]);

/** Every try at its limit, the pauses between the tries, and a second to spare. */
const longestAnswerMs = ({ limitMs, pauseMs }: SendSettings) =>
  answerTries * (limitMs + pauseMs) + 1000;

const answerOf = (
  { StackId, RequestId, LogicalResourceId, PhysicalResourceId }: CustomResourceRequest,
  physicalId: string,
  result: Result,
): Answer => {
  const about = {
    StackId,
    RequestId,
    LogicalResourceId,
    // Another id would mean another resource: CloudFormation would delete the first one.
    PhysicalResourceId: PhysicalResourceId ?? physicalId,
  };
  switch (result.kind) {
    case "done":
      return { Status: "SUCCESS", ...about, Data: { Status: short(result.status) } };
    case "failed":
      return { Status: "FAILED", ...about, Reason: short(result.reason) };
  }
};

/** An answer has room for 4096 bytes. */
const short = (text: string) => (text.length > 700 ? `${text.slice(0, 700)}…` : text);
