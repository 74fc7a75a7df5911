import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SNSClient } from "@aws-sdk/client-sns";
import { expect, onTestFinished, test } from "vitest";
import { ucallerCarrier } from "../../../../lib/phone/carriers/ucaller/ucaller-carrier.ts";
import { placeCall } from "../../../../lib/phone/carriers/place-call.ts";
import type { PhoneNumber } from "../../../../lib/account/phone-number.ts";
import { snsSms } from "../../../../lib/runtime/sns-sms.ts";
import { post } from "../../support/people.ts";
import { aPhone, planFaults } from "../../support/phones.ts";
import { advance, aStack } from "../../support/stack.ts";
import type { TestAssembly } from "../../support/assembly.ts";

// The service's own adapters against the local carrier and the local SNS.

const UNSET = "unset-put-the-credentials-here";
const NUMBER = "+380501234542" as PhoneNumber;

const CARRIER: TestAssembly = {
  functions: {
    Where: {
      code: `exports.handler = async () => ({
        api: process.env.UCALLER_API_ROOT,
        sns: process.env.AWS_ENDPOINT_URL_SNS,
        sfn: process.env.AWS_ENDPOINT_URL_SFN,
      });`,
      environment: {
        CARRIER_CREDENTIALS_SECRET_ID: { Ref: "Credentials" },
        UCALLER_API_ROOT: "https://api.ucaller.ru",
      },
    },
  },
  routes: { $default: "Where" },
  resources: {
    Credentials: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: UNSET } },
  },
};

async function aCarrier(dataDir?: string) {
  const stack = await aStack(CARRIER, dataDir === undefined ? {} : { dataDir });
  const secrets = await readFile(join(stack.dataDir, "secrets.json"), "utf8");
  const { Credentials } = JSON.parse(secrets) as { Credentials: { value: string } };
  const credentials = (
    JSON.parse(Credentials.value) as { ucaller: { key: string; serviceId: string } }
  ).ucaller;
  const baseUrl = stack.endpoints.ucaller;
  const client = new SNSClient({
    endpoint: stack.endpoints.sns,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  const order = (n: number, code = "0042") => ({
    ...{ sendId: `chal#${n}`, number: NUMBER, code, ip: "192.0.2.1" },
  });
  const ucaller = () => ucallerCarrier({ credentials, baseUrl });
  return {
    ...stack,
    baseUrl,
    credentials,
    ucaller,
    phone: aPhone(stack.url, NUMBER),
    order,
    place: async (n: number) => (await placeCall([ucaller()], order(n), {}, 0)).result,
    text: (text = "042917 is your code", number: PhoneNumber = NUMBER) =>
      snsSms({ client, senderIds: { UA: "Twostep" } }).send({ number, country: "UA", text }),
  };
}

test("functions find the carrier, SNS and Step Functions on this machine", async () => {
  const { url, endpoints } = await aCarrier();
  expect(await (await fetch(url)).json()).toEqual({
    api: endpoints.ucaller,
    sns: endpoints.sns,
    sfn: endpoints.stepFunctions,
  });
});

test("a call rings for 25 seconds from a number that ends with the digits", async () => {
  const { url, ucaller, order, phone } = await aCarrier();
  const placed = await ucaller().place(order(1));
  const [call, ...others] = await phone.calls();
  expect(others).toEqual([]);
  expect(call).toEqual({
    id: (placed as { reference: string }).reference,
    from: expect.stringMatching(/^\+7495\d{3}0042$/) as string,
    at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    state: "ringing",
  });
  const status = () => ucaller().status({ sendId: "chal#1", reference: call?.id ?? "" });
  expect(await status()).toBe("under_way");
  await advance(url, 24);
  expect(await phone.calls()).toMatchObject([{ state: "ringing" }]);
  await advance(url, 1);
  expect(await phone.calls()).toMatchObject([{ state: "ended" }]);
  expect(await status()).toBe("delivered");
});

test("the same order again is the same call, another one the next", async () => {
  const { ucaller, order, phone } = await aCarrier();
  const orders = Array.from({ length: 10 }, () => ucaller().place(order(1)));
  expect(new Set((await Promise.all(orders)).map((each) => JSON.stringify(each))).size).toBe(1);
  await ucaller().place(order(2, "1234"));
  const froms = (await phone.calls()).map(({ from }) => from.slice(-4));
  expect(froms).toEqual(["0042", "1234"]);
  expect(await phone.sms()).toEqual([]);
});

test("planned faults meet the next calls, in order", async () => {
  const { url, ucaller, place, phone } = await aCarrier();
  await planFaults(url, { calls: ["lost", "failed", "no_money", "carrier_down"] });
  const statusOf = (result: unknown) =>
    ucaller().status({ sendId: "x", reference: (result as { reference: string }).reference });

  expect(await statusOf(await place(1))).toBe("under_way");
  expect(await statusOf(await place(2))).toBe("failed");
  expect(await place(3)).toEqual({ kind: "refused", reason: "no_money" });
  expect(await place(4)).toEqual({ kind: "unknown" });
  expect(await phone.calls()).toEqual([]);
  expect(await place(5)).toMatchObject({ kind: "placed" });
  expect(await phone.calls()).toHaveLength(1);
});

test("a slow carrier's call rings once, and is told when it is asked for again", async () => {
  const { url, place, phone } = await aCarrier();
  await planFaults(url, { calls: ["carrier_slow"] });
  const began = performance.now();
  expect(await place(1)).toEqual({ kind: "placed", reference: null });
  expect(performance.now() - began).toBeGreaterThan(2900);
  expect(await phone.calls()).toHaveLength(1);
});

test("the carrier refuses who has not the key, and what it cannot call", async () => {
  const { baseUrl, credentials, order } = await aCarrier();
  const wrong = ucallerCarrier({ credentials: { ...credentials, key: "x" }, baseUrl });
  expect(await wrong.place(order(1))).toEqual({ kind: "refused", reason: "rejected" });
  const headers = {
    authorization: `Bearer ${credentials.key}.${credentials.serviceId}`,
    "content-type": "application/json",
  };
  const ask = async (method: string, body: unknown) => {
    const text = JSON.stringify(body);
    const response = await fetch(`${baseUrl}/v1.0/${method}`, {
      method: "POST",
      headers,
      body: text,
    });
    return (await response.json()) as Record<string, unknown>;
  };
  for (const body of [{}, { phone: "380501234542" }, { phone: 380501234542, code: "0000" }])
    expect(await ask("initCall", body)).toMatchObject({
      status: false,
      code: expect.any(Number) as number,
    });
  expect(await ask("getInfo", { uid: 1 })).toMatchObject({ status: false });
  expect(await ask("initCall", { phone: 380501234542 })).toMatchObject({
    status: true,
    phone: "3805***4542",
    code: expect.stringMatching(/^\d{4}$/) as string,
  });
});

test("an SMS arrives with its sender and its text, whatever is in it", async () => {
  const { text, phone } = await aCarrier();
  const written = '042917 – ваш код <b>&amp;"\n\n@panel.example #042917';
  expect(await text(written)).toEqual({
    kind: "sent",
    reference: expect.stringMatching(/^[\da-f-]{36}$/) as string,
  });
  expect(await phone.sms()).toEqual([
    { from: "Twostep", text: written, at: expect.stringMatching(/Z$/) as string },
  ]);
});

test("planned faults meet the next SMS, in order", async () => {
  const { url, text, phone } = await aCarrier();
  await planFaults(url, { sms: ["lost", "throttled", "spend_limit", "opted_out"] });
  expect(await text()).toMatchObject({ kind: "sent" });
  for (const reason of ["throttled", "spend_limit", "opted_out"])
    expect(await text()).toEqual({ kind: "refused", reason });
  expect(await phone.sms()).toEqual([]);
  await text();
  expect(await phone.sms()).toHaveLength(1);
});

test("SNS refuses what is no number, no text, and no SMS", async () => {
  const { text, endpoints, phone } = await aCarrier();
  expect(await text("x", "0501234542" as PhoneNumber)).toEqual({
    kind: "refused",
    reason: "number",
  });
  expect(await text(" ")).toEqual({ kind: "refused", reason: "rejected" });
  expect(await text("x".repeat(1601))).toEqual({ kind: "refused", reason: "rejected" });
  const ask = async (form: Record<string, string>) => {
    const body = new URLSearchParams(form);
    return (await fetch(endpoints.sns, { method: "POST", body })).text();
  };
  expect(await ask({ Action: "Publish", TopicArn: "arn:x", Message: "x" })).toContain(
    "<Code>NotFound</Code>",
  );
  expect(await ask({ Action: "Publish", PhoneNumber: "<&>", Message: "x" })).toContain(
    "&lt;&amp;&gt; is not valid to publish to",
  );
  expect(await ask({ Action: "CreateTopic" })).toContain("<Code>InvalidAction</Code>");
  expect(await phone.sms()).toEqual([]);
});

test("calls, SMS and the carrier's key outlive a restart", async () => {
  const first = await aCarrier();
  await first.place(1);
  await first.text();
  const [calls, sms] = [await first.phone.calls(), await first.phone.sms()];
  await first.stop();

  const second = await aCarrier(first.dataDir);
  expect(second.credentials).toEqual(first.credentials);
  expect(await second.phone.calls()).toEqual(calls);
  expect(await second.phone.sms()).toEqual(sms);
  // Known again by its reference.
  await second.place(1);
  await second.place(2);
  const ids = (await second.phone.calls()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

test("a number may be written as people write it; what is none, and unknown faults, are refused", async () => {
  const { url, place } = await aCarrier();
  await place(1);
  const look = (number: string) => fetch(`${url}/devices/api/phones/${number}`);
  for (const number of ["+380501234542", "380501234542", "%2B380%2050%20123-45-42"])
    expect(await (await look(number)).json()).toMatchObject({ calls: [{}], sms: [] });
  expect(await (await look("+380501234543")).json()).toEqual({ calls: [], sms: [] });
  for (const number of ["abc", "+0501234542", "12"]) expect((await look(number)).status).toBe(400);
  for (const faults of [{ calls: ["slow"] }, { sms: ["failed"] }, { calls: "lost" }, { x: [] }, []])
    expect(await post(`${url}/devices/api/phones/faults`, faults)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
});
