import { SNSClient } from "@aws-sdk/client-sns";
import { expect, onTestFinished, test } from "vitest";
import { smsText } from "../../../lib/phone/sms/sms-text.ts";
import { snsSms } from "../../../lib/runtime/sns-sms.ts";
import { smsClientSettings } from "../../../lib/runtime/client-settings.ts";
import { smsCode } from "../../../lib/phone/fallback/codes.ts";
import { aCarrierServer, hang, inOrder, type Respond } from "../../phone/support/carrier-server.ts";
import { anSmsSender } from "../../phone/fallback/support/carriers.ts";
import { aPhoneAccount, aWorld } from "../../phone/fallback/support/world.ts";
import { challengeId } from "../../support/ids.ts";
import { aPhone, codesKey } from "../../support/phones.ts";

const code = smsCode(codesKey, challengeId("challenge"));

const xml =
  (body: string, status = 200): Respond =>
  (_, response) =>
    response.writeHead(status, { "content-type": "text/xml" }).end(body);

const published = xml(
  `<PublishResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd</MessageId></PublishResult></PublishResponse>`,
);

const failed = (name: string, message: string, status = 400) =>
  xml(
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    status,
  );

/** A world without carriers, whose SMS go to SNS as the function's do. */
const aWorldWithSns = async (respond: Respond) => {
  const { baseUrl: endpoint, asked } = await aCarrierServer(respond);
  const client = new SNSClient({
    ...smsClientSettings,
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "id", secretAccessKey: "secret" },
  });
  onTestFinished(() => client.destroy());
  const world = aWorld(aPhoneAccount(), { real: [], sender: snsSms({ client }) });
  const forms = () => asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { world, forms };
};

test.each([
  ["ru", "uk"],
  ["en", "en"],
] as const)(
  "a number of an account in %s gets its SMS in %s where Ukrainian and English are offered",
  async (locale, spoken) => {
    const sms = anSmsSender();
    const world = aWorld(aPhoneAccount({ locale }), { carriers: [], sms, languages: ["uk", "en"] });
    await world.request();
    await world.run(10);
    const text = smsText({
      language: spoken,
      code,
      serviceName: "Twostep",
      domain: "panel.example.com",
    });
    expect(sms.orders.map((order) => order.text)).toEqual([text]);
    expect((await world.account()).locale).toBe(locale);
  },
);

test("SNS has as long as any carrier, and is asked once", () => {
  expect(smsClientSettings).toMatchObject({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 3000, throwOnRequestTimeout: true },
  });
});

test("the code that SNS is given signs in; the same goes out again when it is asked for again", async () => {
  const { world, forms } = await aWorldWithSns(published);
  await world.request();
  await world.run(60);
  await world.request();
  await world.run(1);
  expect(forms()).toHaveLength(2);
  for (const form of forms()) {
    expect(form).toMatchObject({ Action: "Publish", PhoneNumber: aPhone().number });
    expect(form["Message"]).toMatch(
      new RegExp(`^${code} .*\\n\\n@panel\\.example\\.com #${code}$`),
    );
  }
  expect((await world.answer(code)).kind).toBe("completed");
});

test.each([
  ["InvalidParameter", "No quota left for account", "spend_limit"],
  ["AuthorizationError", "The account is in the SMS sandbox: not a verified number", "sandbox"],
  ["OptedOut", "Phone number is opted out", "opted_out"],
  ["InvalidParameter", "Invalid parameter: PhoneNumber is not valid to publish to", "number"],
])(
  "%s: %s switches SMS off, says why to operators, and asks SNS no more",
  async (name, message, reason) => {
    const { world, forms } = await aWorldWithSns(failed(name, message));
    await world.request();
    await world.run(10);
    expect(await world.request()).toBe("no_way_left");
    expect(forms()).toHaveLength(1);
    expect(world.log).toContainEqual({
      level: "error",
      message: "sms_refused",
      fields: { account: "ann", reason },
    });
    expect(world.running()).toBe(0);
    expect(world.measures.map(({ name }) => name)).toContain("SmsFailed");
  },
);

test("a throttled SMS is sent a second later", async () => {
  const { world, forms } = await aWorldWithSns(
    inOrder(failed("Throttled", "Rate exceeded"), published),
  );
  await world.request();
  await world.run(2);
  expect(forms()).toHaveLength(2);
  expect((await world.answer(code)).kind).toBe("completed");
});

test.each([
  ["fails inside", failed("InternalError", "oops", 500)],
  ["does not answer", hang],
])(
  "SNS that %s may have sent it: it is not asked again, and the code is good",
  async (_, respond) => {
    const { world, forms } = await aWorldWithSns(respond);
    await world.request();
    await world.run(200);
    expect(forms()).toHaveLength(1);
    expect((await world.answer(code)).kind).toBe("completed");
  },
);

test("no code and no number is in the log, nor in the account a code", async () => {
  const { world } = await aWorldWithSns(published);
  await world.request();
  for (const secret of [code, aPhone().number]) {
    expect(JSON.stringify(world.log)).not.toContain(secret);
  }
  expect(JSON.stringify(await world.account())).not.toContain(code);
});
