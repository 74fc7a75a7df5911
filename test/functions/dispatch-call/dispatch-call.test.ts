import { expect, test } from "vitest";
import { hashToken } from "../../../lib/crypto/token.ts";
import { readCarrierChoice } from "../../../lib/phone/carriers/carrier-settings.ts";
import {
  apiRootVariable,
  byCarrier,
  carrierNames,
  type CarrierName,
} from "../../../lib/phone/carriers/carriers.ts";
import { carriersFrom } from "../../../lib/phone/carriers/carriers-from.ts";
import { chooseCarriers } from "../../../lib/phone/carriers/choose-carriers.ts";
import { callCode } from "../../../lib/phone/fallback/codes.ts";
import {
  aCarrierServer,
  hang,
  inOrder,
  json,
  type Respond,
} from "../../phone/support/carrier-server.ts";
import { samples, verificationId } from "../../phone/support/carriers.ts";
import { aPhoneAccount, aWorld, otherThan } from "../../phone/fallback/support/world.ts";
import { challengeId } from "../../support/ids.ts";
import { aPhone, codesKey } from "../../support/phones.ts";

const secret = JSON.stringify(byCarrier((name) => samples[name].credentials));

/** The carriers as the function makes them of its variables and the secret. */
const carriersAt = (rootOf: (name: CarrierName) => string) =>
  carriersFrom(
    Object.fromEntries(carrierNames.map((name) => [apiRootVariable(name), rootOf(name)])),
  )(secret);

/** A world whose carriers are the adapters that the function itself makes, in this order, each with its server. */
const aRealWorld = async (servers: Partial<Record<CarrierName, Respond>>) => {
  const names = carrierNames.filter((name) => name in servers);
  const ordered = Object.keys(servers).join(",");
  const started = await Promise.all(
    names.map(async (name) => [name, await aCarrierServer(servers[name] ?? hang)] as const),
  );
  const server = Object.fromEntries(started);
  const all = carriersAt((name) => server[name]?.baseUrl ?? "http://127.0.0.1:9");
  const real = chooseCarriers("UA", readCarrierChoice(ordered), all);
  const world = aWorld(aPhoneAccount(), { real });
  return { world, asked: (name: CarrierName) => server[name]?.asked ?? [] };
};

const derived = callCode(codesKey, challengeId("challenge"), 1);

test("uCaller calls from the code that we chose, once for one send, and that code signs in", async () => {
  const { world, asked } = await aRealWorld({
    ucaller: ({ body, url }, response) =>
      json(
        url.pathname.endsWith("getInfo")
          ? { status: true, call_status: -1 }
          : { status: true, ucaller_id: 1, code: (JSON.parse(body) as { code: string }).code },
      )({ body, url, method: "POST", headers: {} }, response),
  });
  await world.request();
  await world.run(10);
  const [order, ...status] = asked("ucaller");
  expect(JSON.parse(order?.body ?? "")).toMatchObject({
    phone: Number(aPhone().number.slice(1)),
    code: derived,
  });
  expect(status.map(({ url }) => url.pathname)).toEqual(["/v1.0/getInfo", "/v1.0/getInfo"]);
  expect(world.index.keys()).toEqual([`call ${hashToken("1")}`]);
  expect((await world.answer(derived)).kind).toBe("completed");
});

test("a failure that uCaller tells when asked brings the next call at once, with another id", async () => {
  const { world, asked } = await aRealWorld({
    ucaller: inOrder(
      json({ status: true, ucaller_id: 1 }),
      json({ status: true, call_status: 0 }),
      json({ status: true, ucaller_id: 2 }),
      json({ status: true, call_status: 1 }),
    ),
  });
  await world.request();
  await world.run(3);
  const orders = asked("ucaller").filter(({ url }) => url.pathname.endsWith("initCall"));
  const unique = orders.map(({ body }) => (JSON.parse(body) as { unique: string }).unique);
  expect(new Set(unique).size).toBe(2);
  expect(world.placedAt).toHaveLength(2);
});

test("sms.ru tells the code: that one signs in, and nothing else has it", async () => {
  const { world } = await aRealWorld({
    smsru: json({ status: "OK", code: otherThan(derived), call_id: "000000-10000000" }),
  });
  await world.request();
  expect((await world.answer(derived)).kind).toBe("wrong_code");
  expect((await world.answer(otherThan(derived))).kind).toBe("completed");
});

test("Telnyx checks the code, with the reference that it gave", async () => {
  const { world, asked } = await aRealWorld({
    telnyx: ({ url, body, ...rest }, response) => {
      const accepted = body.includes("4821") ? "accepted" : "rejected";
      const reply = url.pathname.endsWith("verify")
        ? { data: { response_code: accepted } }
        : { data: { id: verificationId, status: "pending" } };
      json(reply)({ url, body, ...rest }, response);
    },
  });
  await world.request();
  expect((await world.answer("0007")).kind).toBe("wrong_code");
  expect((await world.answer("4821")).kind).toBe("completed");
  expect(
    asked("telnyx").filter(({ url }) => url.pathname.endsWith(`${verificationId}/actions/verify`)),
  ).toHaveLength(2);
});

test("a carrier without money is passed by for the next one", async () => {
  const { world, asked } = await aRealWorld({
    smsru: json({ status: "ERROR", status_code: 201 }),
    ucaller: json({ status: true, ucaller_id: 7 }),
  });
  await world.request();
  expect(asked("smsru")).toHaveLength(1);
  expect(world.placedAt).toHaveLength(2);
  expect((await world.answer(derived)).kind).toBe("completed");
});

test("a carrier that does not answer in three seconds may have called: no other is asked", async () => {
  const { world, asked } = await aRealWorld({
    smsru: hang,
    ucaller: json({ status: true, ucaller_id: 7 }),
  });
  await world.request();
  expect(asked("ucaller")).toEqual([]);
  const [challenge] = (await world.account()).challenges;
  expect(challenge?.fallback?.sends).toMatchObject([{ state: "unknown", carrier: "smsru" }]);
});

test("a carrier that cannot be reached, and no other, is an SMS at once", async () => {
  const { baseUrl, stop } = await aCarrierServer(hang);
  await stop();
  const { smsru } = carriersAt(() => baseUrl);
  const world = aWorld(aPhoneAccount(), { real: smsru ? [smsru] : [] });
  await world.request();
  expect(world.placedAt.map(({ channel }) => channel)).toEqual(["call", "sms"]);
});

test("neither the log nor the account's item has a code, the key of a carrier or a token of a task", async () => {
  const { world } = await aRealWorld({
    smsru: json({ status: "OK", code: "4821", call_id: "000000-10000000" }),
  });
  await world.request();
  const logged = JSON.stringify(world.log);
  for (const secret of ["4821", "smsru-api-id", aPhone().number, "192.0.2.7"]) {
    expect(logged).not.toContain(secret);
  }
  expect(JSON.stringify(await world.account())).not.toMatch(/"4821"|smsru-api-id/);
});

test("each carrier that fails is counted once and named in the log, also where the next one makes the call", async () => {
  const down: Respond = (_, response) => void response.writeHead(503).end();
  const { world } = await aRealWorld({
    smsru: down,
    ucaller: json({ status: true, ucaller_id: 1, code: derived }),
  });
  await world.request();
  const failed = world.measures.filter(({ name }) => name === "CarrierFailed");
  expect(failed).toMatchObject([{ value: 1, dimensions: { carrier: "smsru" } }]);
  expect(world.log).toContainEqual(
    expect.objectContaining({
      message: "carrier_failed",
      fields: { carrier: "smsru", reason: "unknown" },
    }),
  );
});

test("a carrier that is chosen for any country and has no credentials is named in the log, once", async () => {
  const world = aWorld(aPhoneAccount(), {
    carriers: [],
    choice: { others: ["acme"], countries: { RU: ["beta", "acme"] } },
  });
  await world.request();
  await world.run(120);
  expect(world.placedAt.map(({ channel }) => channel)).toContain("sms");
  expect(
    world.log.filter(({ message }) => message === "carrier_without_credentials"),
  ).toMatchObject([
    { level: "warn", fields: { carrier: "acme" } },
    { level: "warn", fields: { carrier: "beta" } },
  ]);
});

test("with credentials for all that are chosen nothing is said of them", async () => {
  const world = aWorld();
  await world.request();
  expect(world.log.map(({ message }) => message)).not.toContain("carrier_without_credentials");
});
