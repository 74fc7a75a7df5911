import { expect, test } from "vitest";
import { smsruCarrier } from "../../../lib/phone/carriers/smsru/smsru-carrier.ts";
import { aCarrierServer, json } from "../support/carrier-server.ts";
import { anOrder } from "../support/orders.ts";

const aSmsru = (baseUrl: string) => smsruCarrier({ credentials: { apiId: "API-ID" }, baseUrl });

const placed = {
  status: "OK",
  code: "1435",
  call_id: "000000-10000000",
  cost: 0.4,
  balance: 4122.56,
};

const ipTold = async (ip: string) => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  await aSmsru(baseUrl).place(anOrder({ ip }));
  return asked[0]?.url.searchParams.get("ip");
};

test("orders the call as documented and hands its digits on", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  expect(await aSmsru(baseUrl).place(anOrder())).toEqual({
    kind: "placed",
    reference: "000000-10000000",
    code: "1435",
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: "GET", body: "", url: { pathname: "/code/call" } });
  expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
    phone: "79161234567",
    ip: "93.184.216.34",
    api_id: "API-ID",
    json: "1",
  });
});

test.each([
  ["0042", "0042"],
  [42, "0042"],
  [0, "0000"],
  [1435, "1435"],
])("digits that come as %j are %s", async (code, digits) => {
  const { baseUrl } = await aCarrierServer(json({ ...placed, code }));
  expect(await aSmsru(baseUrl).place(anOrder())).toMatchObject({ code: digits });
});

test.each(["143", "14355", "14a5", 14355, -1, 1.5, null, undefined])(
  "a call whose digits come as %j rings, but is of no use: unknown",
  async (code) => {
    const { baseUrl } = await aCarrierServer(json({ ...placed, code }));
    expect(await aSmsru(baseUrl).place(anOrder())).toEqual({ kind: "unknown" });
  },
);

test.each([
  [200, { kind: "refused", reason: "rejected" }],
  [201, { kind: "refused", reason: "no_money" }],
  [202, { kind: "refused", reason: "number" }],
  [206, { kind: "refused", reason: "rejected" }],
  [207, { kind: "refused", reason: "number" }],
  [209, { kind: "refused", reason: "number" }],
  [220, { kind: "refused", reason: "rejected" }],
  [230, { kind: "refused", reason: "too_often" }],
  [231, { kind: "refused", reason: "too_often" }],
  [232, { kind: "refused", reason: "too_often" }],
  [233, { kind: "refused", reason: "too_often" }],
  [301, { kind: "refused", reason: "rejected" }],
  [500, { kind: "unknown" }],
  [501, { kind: "refused", reason: "rejected" }],
  [502, { kind: "refused", reason: "rejected" }],
  [503, { kind: "refused", reason: "country" }],
  [504, { kind: "refused", reason: "country" }],
  [505, { kind: "refused", reason: "rejected" }],
  [9999, { kind: "refused", reason: "rejected" }],
])("status_code %i: %j", async (code, result) => {
  const { baseUrl } = await aCarrierServer(
    json({ status: "ERROR", status_code: code, status_text: "Текст" }),
  );
  expect(await aSmsru(baseUrl).place(anOrder())).toEqual(result);
});

test("an error without a number is told by its text", async () => {
  const refusal = async (text: string | undefined) => {
    const { baseUrl } = await aCarrierServer(json({ status: "ERROR", status_text: text }));
    return aSmsru(baseUrl).place(anOrder());
  };
  expect(await refusal("Не хватает средств на лицевом счету")).toMatchObject({
    reason: "no_money",
  });
  expect(await refusal("Что-то ещё")).toEqual({ kind: "refused", reason: "rejected" });
  expect(await refusal(undefined)).toEqual({ kind: "refused", reason: "rejected" });
});

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.20.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.1.1",
  "::1",
  "fd00::1",
  "fe80::1",
  "::ffff:10.0.0.1",
  "unknown",
  "",
  "1.2.3.4&api_id=x",
])("an address that is nobody's on the internet is not told: %j", async (ip) => {
  expect(await ipTold(ip)).toBe("-1");
});

test.each(["93.184.216.34", "172.32.0.1", "2606:2800:220:1::1"])("%s is told", async (ip) => {
  expect(await ipTold(ip)).toBe(ip);
});

test("nothing can be learnt later, so nobody is asked", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  expect(await aSmsru(baseUrl).status({ sendId: "x#1", reference: "000000-10000000" })).toBe(
    "unknown",
  );
  expect(asked).toEqual([]);
});

test("the same order twice is two calls: the port's user must not place an unknown one again", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  const smsru = aSmsru(baseUrl);
  await smsru.place(anOrder());
  await smsru.place(anOrder());
  expect(asked).toHaveLength(2);
});
