import { randomUUID } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";

/** An SMS that SNS has taken as valid. `number` is E.164. */
type PublishedSms = { number: string; from: string; text: string };

/**
 * Hands an SMS on.
 *
 * | outcome | what the caller sees |
 * | --- | --- |
 * | `taken` | its message id; whether it arrives is another matter |
 * | `throttled` | that the rate is exceeded |
 * | `spend_limit` | that the month's money is spent |
 * | `opted_out` | that the number's owner wants no SMS |
 */
export type PublishSms = (sms: PublishedSms) => SmsOutcome;
type SmsOutcome =
  { kind: "taken"; id: string } | { kind: "throttled" | "spend_limit" | "opted_out" };

type Failure = { code: string; message: string; status: number };
type Result = { kind: "published"; messageId: string } | { kind: "refused"; failure: Failure };

const MAX_LENGTH = 1600;
const SENDER_ID = /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/;
/** The sender of an SMS from an account that has no name and no number of its own. */
const NO_SENDER = "NOTICE";

/** Answers Publish to phone numbers as SNS does: a form in, XML out. */
export function answerSns(handOn: PublishSms): (request: GatewayRequest) => Answer {
  return ({ body }) => {
    const form = new URLSearchParams(body.toString());
    const result =
      form.get("Action") === "Publish"
        ? publish(form, handOn)
        : refused("InvalidAction", "The local stack only knows Publish.");
    return result.kind === "published"
      ? xml(
          200,
          "PublishResponse",
          `<PublishResult><MessageId>${result.messageId}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`,
        )
      : xml(
          result.failure.status,
          "ErrorResponse",
          `<Error><Type>Sender</Type><Code>${result.failure.code}</Code><Message>${escaped(result.failure.message)}</Message></Error><RequestId>${randomUUID()}</RequestId>`,
        );
  };
}

function publish(form: URLSearchParams, handOn: PublishSms): Result {
  const number = form.get("PhoneNumber");
  const text = form.get("Message") ?? "";
  if (number === null)
    return form.has("TopicArn") || form.has("TargetArn")
      ? refused("NotFound", "Topic does not exist", 404)
      : invalid("PhoneNumber Reason: no value for required parameter");
  if (!/^\+[1-9]\d{4,14}$/.test(number))
    return invalid(`PhoneNumber Reason: ${number} is not valid to publish to`);
  if (text.trim() === "") return refused("InvalidParameter", "Invalid parameter: Empty message");
  if (text.length > MAX_LENGTH) return invalid("Message Reason: Message too long");
  const sender = attributesOf(form).get("AWS.SNS.SMS.SenderID");
  if (sender !== undefined && !SENDER_ID.test(sender))
    return refused("ParameterValueInvalid", `The sender ID ${sender} is not valid.`);

  return resultOf(handOn({ number, from: sender ?? NO_SENDER, text }), number);
}

/** SNS writes most refusals to its delivery log only. The refusals that it answers have these words. */
function resultOf(outcome: SmsOutcome, number: string): Result {
  switch (outcome.kind) {
    case "taken":
      return { kind: "published", messageId: outcome.id };
    case "throttled":
      return refused("Throttled", "Rate exceeded", 429);
    case "spend_limit":
      return refused("UserError", "No quota left for account");
    case "opted_out":
      return invalid(`PhoneNumber Reason: ${number} is opted out`);
  }
}

/** Reads the attributes: `MessageAttributes.entry.1.Name` and the value that belongs to it. */
function attributesOf(form: URLSearchParams): Map<string, string> {
  const names = [...form].filter(([key]) => /^MessageAttributes\.entry\.\d+\.Name$/.test(key));
  return new Map(
    names.map(([key, name]) => [name, form.get(key.replace(/Name$/, "Value.StringValue")) ?? ""]),
  );
}

const refused = (code: string, message: string, status = 400): Result => ({
  kind: "refused",
  failure: { code, message, status },
});

const invalid = (reason: string): Result =>
  refused("InvalidParameter", `Invalid parameter: ${reason}`);

function xml(status: number, root: string, content: string): Answer {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": randomUUID() },
    body: `<${root} xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${content}</${root}>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
