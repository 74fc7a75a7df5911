import { SNSClient } from "@aws-sdk/client-sns";
import { expect, onTestFinished, test, vi } from "vitest";
import { priceTable } from "../../lib/phone/price-table.ts";
import { snsSms, type SnsSmsOptions } from "../../lib/runtime/sns-sms.ts";
import { aCarrierServer, drip, hang, type Respond } from "../phone/support/carrier-server.ts";
import { aPhoneNumber } from "../phone/support/orders.ts";

const anSns = (endpoint: string, given: Omit<SnsSmsOptions, "client"> = {}, attempts = 1) => {
  const client = new SNSClient({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    maxAttempts: attempts,
  });
  onTestFinished(() => client.destroy());
  return snsSms({ client, ...given });
};

const anSms = {
  number: aPhoneNumber("+380501234542"),
  country: "UA",
  text: "042917 – код\n\n@x #042917",
};

const xml =
  (body: string, status = 200): Respond =>
  (_, response) =>
    response.writeHead(status, { "content-type": "text/xml" }).end(body);

const published = xml(
  `<PublishResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult><ResponseMetadata><RequestId>d74b8436-ae13-5ab4-a9ff-ce54dfea72a0</RequestId></ResponseMetadata></PublishResponse>`,
);

const failed = (code: string, message: string, status = 400) =>
  xml(
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>9dd01905-5012-5f99-8663-4b3ecd0dfaef</RequestId></ErrorResponse>`,
    status,
  );

const send = async (respond: Respond, given: Omit<SnsSmsOptions, "client"> = {}) => {
  const { baseUrl, asked } = await aCarrierServer(respond);
  const result = await anSns(baseUrl, given).send(anSms);
  return { result, asked, form: Object.fromEntries(new URLSearchParams(asked[0]?.body)) };
};

test("publishes to the number as transactional, and tells the message's id", async () => {
  const { result, form, asked } = await send(published);
  expect(result).toEqual({ kind: "sent", reference: "567910cd-659e-55d4-8ccb-5aaf14679dc0" });
  expect(asked).toHaveLength(1);
  expect(form).toEqual({
    Action: "Publish",
    Version: "2010-03-31",
    PhoneNumber: "+380501234542",
    Message: anSms.text,
    "MessageAttributes.entry.1.Name": "AWS.SNS.SMS.SMSType",
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": "Transactional",
  });
});

test("a sender's name is used where the configuration allows one, and the price is bounded in dollars", async () => {
  const given = { senderIds: { UA: "Twostep" }, maxPrice: priceTable.others.sms };
  const { form } = await send(published, given);
  expect(form).toMatchObject({
    "MessageAttributes.entry.2.Name": "AWS.SNS.SMS.SenderID",
    "MessageAttributes.entry.2.Value.DataType": "String",
    "MessageAttributes.entry.2.Value.StringValue": "Twostep",
    "MessageAttributes.entry.3.Name": "AWS.SNS.SMS.MaxPrice",
    "MessageAttributes.entry.3.Value.DataType": "Number",
    "MessageAttributes.entry.3.Value.StringValue": "0.400000",
  });
  const elsewhere = await send(published, { senderIds: { DE: "Twostep" } });
  expect(Object.values(elsewhere.form)).not.toContain("Twostep");
});

test.each(["", "123456", "TooLongAName1", "Two step", "Твосте", "A\nB"])(
  "a sender's name that SNS does not take is refused at once: %j",
  (senderId) => {
    expect(() => anSns("http://127.0.0.1:9", { senderIds: { UA: senderId } })).toThrow();
  },
);

const notValid = "Invalid parameter: PhoneNumber Reason: +380501234542 is not valid to publish to";
const notAuthorized =
  "User: arn:aws:iam::123456789012:user/x is not authorized to perform: SNS:Publish on resource: PhoneNumber";

test.each([
  ["OptedOut", "Phone number is opted out", 400, "opted_out"],
  [
    "InvalidParameter",
    "Invalid parameter: PhoneNumber Reason: +380… is opted out",
    400,
    "opted_out",
  ],
  ["InvalidParameter", notValid, 400, "number"],
  ["ParameterValueInvalid", notValid, 400, "number"],
  ["InvalidParameter", "Invalid parameter: Message too long", 400, "rejected"],
  ["ValidationException", "1 validation error detected", 400, "rejected"],
  ["AuthorizationError", notAuthorized, 403, "rejected"],
  ["AuthorizationError", "The account is in the SMS sandbox", 403, "sandbox"],
  ["UserError", "The destination phone number is not verified", 400, "sandbox"],
  ["InvalidParameter", "Phone number is not a verified destination (sandbox)", 400, "sandbox"],
  ["InvalidParameter", "SMS monthly spend limit reached", 400, "spend_limit"],
  ["UserError", "No quota left for account", 400, "spend_limit"],
  ["Throttled", "Rate exceeded", 429, "throttled"],
  ["Throttling", "Rate exceeded", 400, "throttled"],
  ["ThrottlingException", "Rate exceeded", 400, "throttled"],
  ["KMSThrottling", "Rate exceeded", 400, "throttled"],
  ["KMSAccessDenied", "The ciphertext references a key that you cannot use", 400, "rejected"],
  ["KMSOptInRequired", "The access key ID needs a subscription", 403, "rejected"],
  ["KMSDisabled", "Disabled", 400, "rejected"],
  ["InvalidSecurity", "The credential signature is not valid", 403, "rejected"],
  ["EndpointDisabled", "Endpoint is disabled", 400, "rejected"],
  ["NotFound", "Topic does not exist", 404, "rejected"],
  ["SignatureDoesNotMatch", "Signature expired", 403, "rejected"],
  ["InvalidClientTokenId", "The security token is invalid", 403, "rejected"],
  ["SomethingNew", "New", 400, "rejected"],
])("%s %j (%i): %s", async (code, message, status, reason) => {
  const { result, asked } = await send(failed(code, message, status));
  expect(result).toEqual({ kind: "refused", reason });
  expect(asked).toHaveLength(1);
});

test.each([
  ["an error inside of SNS", failed("InternalError", "Internal", 500)],
  ["an error inside of SNS with another word", failed("InternalFailure", "opted out", 503)],
  ["HTML", xml("<!doctype html><title>Bad gateway</title>", 502)],
  ["HTML with 200", xml("<!doctype html><title>Hello</title>")],
  ["no id", xml("<PublishResponse><PublishResult></PublishResult></PublishResponse>")],
  ["truncated XML", xml("<PublishResponse><PublishResult><Mess")],
  ["nothing", xml("")],
  ["a broken connection", ((_, response) => response.destroy()) satisfies Respond],
])(
  "%s leaves it unknown whether the SMS was sent, and it is not sent again",
  async (_, respond) => {
    const { result, asked } = await send(respond);
    expect(result).toEqual({ kind: "unknown" });
    expect(asked).toHaveLength(1);
  },
);

test("an SNS that hangs or drips is left after three seconds", async () => {
  const began = performance.now();
  const outcomes = await Promise.all([send(hang), send(drip)]);
  for (const { result, asked } of outcomes) {
    expect(result).toEqual({ kind: "unknown" });
    expect(asked).toHaveLength(1);
  }
  expect(performance.now() - began).toBeGreaterThan(2900);
  expect(performance.now() - began).toBeLessThan(4500);
});

test("an SNS that cannot be reached, or asked for want of credentials, has sent nothing", async () => {
  const { baseUrl, stop } = await aCarrierServer(published);
  await stop();
  const refused = { kind: "refused", reason: "rejected" };
  expect(await anSns(baseUrl).send(anSms)).toEqual(refused);
  const client = new SNSClient({
    endpoint: baseUrl,
    region: "eu-central-1",
    maxAttempts: 1,
    credentials: () =>
      Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" })),
  });
  expect(await snsSms({ client }).send(anSms)).toEqual(refused);
});

test("a client that would repeat requests by itself is a fault: nothing is sent", async () => {
  const { baseUrl, asked } = await aCarrierServer(published);
  await expect(anSns(baseUrl, {}, 3).send(anSms)).rejects.toThrow("must not be retried");
  expect(asked).toEqual([]);
});

test("nothing is printed of numbers and texts", async () => {
  const printed = [vi.spyOn(console, "log"), vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
  await send(failed("InvalidParameter", notValid));
  for (const spy of printed) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});
