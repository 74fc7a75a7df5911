import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { expect, onTestFinished, test } from "vitest";
import {
  endUserMessagingSms,
  type EndUserMessagingSmsOptions,
} from "../../lib/runtime/end-user-messaging-sms.ts";
import { aCarrierServer, hang, type Respond } from "../phone/support/carrier-server.ts";
import { aPhoneNumber } from "../phone/support/orders.ts";

type Given = Partial<Omit<EndUserMessagingSmsOptions, "client">>;

const aSender = (endpoint: string, given: Given = {}, maxAttempts = 1) => {
  const client = new PinpointSMSVoiceV2Client({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    maxAttempts,
  });
  onTestFinished(() => client.destroy());
  return endUserMessagingSms({ client, timeToLiveSeconds: 300, ...given });
};

const anSms = {
  number: aPhoneNumber("+380501234542"),
  country: "UA",
  text: "042917 – код\n\n@x #042917",
};

const json =
  (body: object, status = 200): Respond =>
  (_, response) =>
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.0" })
      .end(JSON.stringify(body));

const sent = json({ MessageId: "862a8790-60c0-4430-9b2b-658bd0000000" });

/** An answer of the service: the error's shape, and its own reason. */
const refusal = (name: string, more: object = {}, status = 400) =>
  json({ __type: `com.amazonaws.pinpointsmsvoicev2#${name}`, Message: "No.", ...more }, status);

const send = async (respond: Respond, given: Given = {}, country = "UA") => {
  const { baseUrl, asked } = await aCarrierServer(respond);
  const result = await aSender(baseUrl, given).send({ ...anSms, country });
  return { result, asked, body: JSON.parse(asked[0]?.body ?? "null") as unknown };
};

test("asks for a transactional SMS that ends when its code does, and tells the message's id", async () => {
  const { result, asked, body } = await send(sent);
  expect(result).toEqual({ kind: "sent", reference: "862a8790-60c0-4430-9b2b-658bd0000000" });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers["x-amz-target"]).toBe("PinpointSMSVoiceV2.SendTextMessage");
  expect(body).toEqual({
    DestinationPhoneNumber: "+380501234542",
    MessageBody: anSms.text,
    MessageType: "TRANSACTIONAL",
    TimeToLive: 300,
  });
});

test("sends with the deployer's identity, sets, price and country's sender", async () => {
  const given = {
    originationIdentity: "pool-1",
    senderIds: { KZ: "Acme" },
    configurationSet: "twostep",
    protectConfigurationId: "protect-1",
    maxPrice: 400_000,
    india: { entityId: "1101", templateId: "1107" },
  };
  expect((await send(sent, given)).body).toMatchObject({
    OriginationIdentity: "pool-1",
    ConfigurationSetName: "twostep",
    ProtectConfigurationId: "protect-1",
    MaxPrice: "0.400000",
  });
  expect((await send(sent, given, "KZ")).body).toMatchObject({ OriginationIdentity: "Acme" });
  expect((await send(sent, given)).body).not.toHaveProperty("DestinationCountryParameters");
  expect((await send(sent, given, "IN")).body).toMatchObject({
    DestinationCountryParameters: { IN_ENTITY_ID: "1101", IN_TEMPLATE_ID: "1107" },
  });
});

const opted = { Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT" };
const field = (name: string) => ({
  Reason: "FIELD_VALIDATION_FAILED",
  Fields: [{ Name: name, Message: "…" }],
});

test.each([
  ["ConflictException", opted, 400, "opted_out"],
  ["ConflictException", { Reason: "DESTINATION_PHONE_NUMBER_NOT_VERIFIED" }, 400, "sandbox"],
  [
    "ConflictException",
    { Reason: "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION" },
    400,
    "number",
  ],
  ["ConflictException", { Reason: "NO_ORIGINATION_IDENTITIES_FOUND" }, 400, "rejected"],
  [
    "ServiceQuotaExceededException",
    { Reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT" },
    402,
    "spend_limit",
  ],
  [
    "ServiceQuotaExceededException",
    { Reason: "MONTHLY_SPEND_LIMIT_REACHED_FOR_VOICE" },
    402,
    "rejected",
  ],
  ["ValidationException", { Reason: "PRICE_OVER_THRESHOLD" }, 400, "number"],
  ["ValidationException", { Reason: "COUNTRY_NOT_ENABLED" }, 400, "number"],
  ["ValidationException", field("DestinationPhoneNumber"), 400, "number"],
  ["ValidationException", field("ConfigurationSetName"), 400, "rejected"],
  ["ValidationException", { Reason: "__proto__" }, 400, "rejected"],
  ["ValidationException", { Reason: 5 }, 400, "rejected"],
  ["ThrottlingException", {}, 429, "throttled"],
  ["AccessDeniedException", { Reason: "ACCOUNT_DISABLED" }, 400, "rejected"],
  ["ResourceNotFoundException", { ResourceType: "pool" }, 400, "rejected"],
  ["SomethingNewException", {}, 400, "rejected"],
])("%s %j (%i): %s", async (name, more, status, reason) => {
  const { result, asked } = await send(refusal(name, more, status));
  expect(result).toEqual({ kind: "refused", reason });
  expect(asked).toHaveLength(1);
});

test.each([
  ["an error inside of the service", refusal("InternalServerException", {}, 500)],
  ["HTML", ((_, response) => response.writeHead(502).end("<!doctype html>")) satisfies Respond],
  ["no id", json({})],
  ["a broken connection", ((_, response) => response.destroy()) satisfies Respond],
  ["no answer for three seconds", hang],
])(
  "%s leaves it unknown whether the SMS was sent, and it is not sent again",
  async (_, respond) => {
    const { result, asked } = await send(respond);
    expect(result).toEqual({ kind: "unknown" });
    expect(asked).toHaveLength(1);
  },
);

test("a service that cannot be reached has sent nothing", async () => {
  const { baseUrl, stop } = await aCarrierServer(sent);
  await stop();
  expect(await aSender(baseUrl).send(anSms)).toEqual({ kind: "refused", reason: "rejected" });
});

test("a client that would repeat requests by itself is a fault: nothing is sent", async () => {
  const { baseUrl, asked } = await aCarrierServer(sent);
  await expect(aSender(baseUrl, {}, 3).send(anSms)).rejects.toThrow("must not be retried");
  expect(asked).toEqual([]);
});

test("a sender's name that the service does not take is refused at once", () => {
  expect(() => aSender("http://127.0.0.1:9", { senderIds: { UA: "Two step" } })).toThrow();
});
