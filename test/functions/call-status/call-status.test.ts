import { generateKeyPairSync, sign } from "node:crypto";
import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { callStatus } from "../../../functions/call-status/call-status.ts";
import { cancelChallenge } from "../../../lib/challenge/cancel-challenge.ts";
import { carrierNames, carriers } from "../../../lib/phone/carriers/carriers.ts";
import { hashToken } from "../../../lib/crypto/token.ts";
import { samples, verificationId } from "../../phone/support/carriers.ts";
import { aCarrier } from "../../phone/fallback/support/carriers.ts";
import { aPhoneAccount, aWorld } from "../../phone/fallback/support/world.ts";
import { aClient } from "../../support/account.ts";
import { challengeId } from "../../support/ids.ts";
import { aPhone } from "../../support/phones.ts";
import { noon } from "../../support/time.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const rawKey = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");

const webhook = (event: string, id = verificationId, more = {}) =>
  JSON.stringify({
    data: {
      event_type: event,
      id: "event",
      payload: { id, phone_number: aPhone().number, ...more },
    },
  });

type Sent = {
  readonly body?: string;
  readonly carrier?: string;
  readonly at?: number;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A call that Telnyx took at noon, and its webhooks. */
const aWorldOnCall = async () => {
  const carrier = aCarrier("carrier_checks", "telnyx");
  for (const reference of [verificationId, "second", "third"]) {
    carrier.results.push({ kind: "placed", reference });
  }
  const world = aWorld(aPhoneAccount(), { carriers: [carrier] });
  await world.request();
  const send = async ({ carrier: name = "telnyx", at = world.second(), ...given }: Sent) => {
    const body = given.body ?? webhook("verify.failed");
    const timestamp = String(noon / 1000 + at);
    const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey);
    const key = "key" in given ? given.key : rawKey;
    const { index, services } = world;
    const { credentials } = samples.telnyx;
    const handler = callStatus({
      services,
      index,
      credentials: () =>
        Promise.resolve(key === undefined ? {} : { telnyx: { ...credentials, publicKey: key } }),
    });
    const event = {
      version: "2.0",
      routeKey: "POST /v1/calls/{carrier}/status",
      rawPath: `/v1/calls/${name}/status`,
      rawQueryString: "",
      pathParameters: { carrier: name },
      headers: given.headers ?? {
        "content-type": "application/json",
        "telnyx-signature-ed25519": signature.toString("base64"),
        "telnyx-timestamp": timestamp,
      },
      body,
      isBase64Encoded: false,
      requestContext: {
        requestId: "request",
        http: { method: "POST", path: `/v1/calls/${name}/status`, sourceIp: "198.51.100.4" },
      },
    } as unknown as Parameters<typeof handler>[0];
    const { statusCode } = await handler(event, {} as Context);
    await world.run(1);
    return statusCode;
  };
  return { world, send };
};

test("a call that failed is followed by the next one at once", async () => {
  const { world, send } = await aWorldOnCall();
  await world.run(10);
  expect(await send({})).toBe(200);
  expect(world.placedAt).toEqual([
    { channel: "call", second: 0 },
    { channel: "call", second: 10 },
  ]);
});

test("one that failed before its execution listens is followed by the next within three seconds", async () => {
  const { world, send } = await aWorldOnCall();
  expect(await send({})).toBe(200);
  await world.run(2);
  expect(world.placedAt).toEqual([
    { channel: "call", second: 0 },
    { channel: "call", second: 3 },
  ]);
});

test("told ten times, and at once, it is followed by one", async () => {
  const { world, send } = await aWorldOnCall();
  const codes = await Promise.all(Array.from({ length: 10 }, () => send({})));
  await send({});
  expect(new Set(codes)).toEqual(new Set([200]));
  await world.run(3);
  expect(world.placedAt).toHaveLength(2);
});

test.each(["verify.sent", "verify.delivered"])("%s changes nothing", async (event) => {
  const { world, send } = await aWorldOnCall();
  const before = await world.account();
  expect(await send({ body: webhook(event) })).toBe(200);
  expect(await world.account()).toEqual(before);
});

test("no status approves anything, whatever it says", async () => {
  const { world, send } = await aWorldOnCall();
  for (const more of [{ status: "accepted" }, { verified: true }, { response_code: "accepted" }]) {
    await send({ body: webhook("verify.delivered", verificationId, more) });
  }
  expect((await world.account()).challenges[0]?.status).toBe("pending");
});

describe("a status that comes late changes nothing:", () => {
  test("for a call that another has followed", async () => {
    const { world, send } = await aWorldOnCall();
    await world.run(45);
    expect(world.placedAt).toHaveLength(2);
    expect(await send({})).toBe(200);
    expect(world.placedAt).toHaveLength(2);
    expect(await send({ body: webhook("verify.failed", "second") })).toBe(200);
    expect(world.placedAt).toHaveLength(3);
  });

  test("for a challenge that is over", async () => {
    const { world, send } = await aWorldOnCall();
    await world.decide((one, now) =>
      cancelChallenge(one, challengeId("challenge"), aClient(), now),
    );
    const before = await world.account();
    expect(await send({})).toBe(200);
    await world.run(300);
    expect(world.placedAt).toHaveLength(1);
    expect(await world.account()).toEqual(before);
  });

  test("for a call that nobody knows, or of an account that forgot it", async () => {
    const { world, send } = await aWorldOnCall();
    const before = await world.account();
    expect(await send({ body: webhook("verify.failed", "12ade33a-0000") })).toBe(200);
    await world.index.put("call", hashToken("forgotten"), before.id, noon);
    expect(await send({ body: webhook("verify.failed", "forgotten") })).toBe(200);
    expect(await world.account()).toEqual(before);
  });
});

describe("refused, with nothing read nor changed, is", () => {
  test.each<[string, number, Sent]>([
    ["a webhook without signature", 401, { headers: {} }],
    [
      "one with a wrong signature",
      401,
      {
        headers: {
          "telnyx-signature-ed25519": Buffer.alloc(64, 7).toString("base64"),
          "telnyx-timestamp": String(noon / 1000),
        },
      },
    ],
    ["one that was recorded ten minutes ago", 401, { at: -600 }],
    ["one of somebody else's key", 401, { key: Buffer.alloc(32, 1).toString("base64") }],
    ["any, where nobody has a contract with Telnyx", 401, { key: undefined }],
    ["any, where the key is no key", 401, { key: "unset" }],
    ...carrierNames
      .filter((name) => carriers[name].callback === null)
      .map((carrier): [string, number, Sent] => [
        `one of ${carrier}, which calls nobody back`,
        404,
        { carrier },
      ]),
    ["one of a carrier that there is not", 404, { carrier: "acme" }],
    ["one of no carrier at all", 404, { carrier: "__proto__" }],
    ["one of more than 64 KB", 413, { body: " ".repeat(65 * 1024) }],
  ])("%s", async (_, status, sent) => {
    const { world, send } = await aWorldOnCall();
    const before = await world.account();
    expect(await send(sent)).toBe(status);
    expect(await world.account()).toEqual(before);
    expect(world.placedAt).toHaveLength(1);
  });
});

test.each(["", "{", "[]", "null", '{"data":{}}', '{"data":{"event_type":"verify.failed"}}'])(
  "a signed body that is no status (%j) is taken and forgotten",
  async (body) => {
    const { world, send } = await aWorldOnCall();
    expect(await send({ body })).toBe(200);
    expect(world.placedAt).toHaveLength(1);
  },
);

test("neither numbers nor references are in the log", async () => {
  const { world, send } = await aWorldOnCall();
  await send({});
  await send({ headers: {} });
  const logged = JSON.stringify(world.log);
  for (const secret of [aPhone().number, verificationId]) expect(logged).not.toContain(secret);
});

test("news of a call whose placing has not been recorded yet is asked for again, and moves the fallback then", async () => {
  const { world, send } = await aWorldOnCall();
  await world.run(10);
  const recorded = await world.account();
  const fallback = recorded.challenges[0]?.fallback;
  if (!fallback) throw new Error("No fallback.");
  const placing = { ...fallback.sends[0], state: "placing", reference: null, carrier: null };
  const asFallback = (sends: unknown) => (one: typeof recorded) => ({
    account: {
      ...one,
      challenges: one.challenges.map((each) => ({ ...each, fallback: { ...fallback, sends } })),
    } as typeof recorded,
    outcome: undefined,
  });
  await world.decide(asFallback([placing]));
  expect(await send({})).toBe(503);
  expect(world.placedAt).toHaveLength(1);
  await world.decide(asFallback(fallback.sends));
  expect(await send({})).toBe(200);
  expect(world.placedAt).toHaveLength(2);
});
