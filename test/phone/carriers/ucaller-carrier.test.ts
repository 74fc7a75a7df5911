import { expect, test } from "vitest";
import { ucallerCarrier } from "../../../lib/phone/carriers/ucaller/ucaller-carrier.ts";
import { aCarrierServer, hang, inOrder, json, type Asked } from "../support/carrier-server.ts";
import { anOrder } from "../support/orders.ts";

const aUcaller = (baseUrl: string) =>
  ucallerCarrier({ credentials: { key: "secret-key", serviceId: "103000" }, baseUrl });

const placed = { status: true, ucaller_id: 57251317, phone: "7916***4567", code: "0042" };
const error = (code: number | string) => ({ status: false, error: "Текст", code });

type InitCall = { phone: unknown; code: unknown; unique: string };
const bodyOf = (asked: Asked | undefined) => JSON.parse(asked?.body ?? "") as InitCall;

test("orders the call as documented: number as number, code as text, key and service as bearer", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  expect(await aUcaller(baseUrl).place(anOrder())).toEqual({
    kind: "placed",
    reference: "57251317",
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ method: "POST", url: { pathname: "/v1.0/initCall" } });
  expect(asked[0]?.url.search).toBe("");
  expect(asked[0]?.headers.authorization).toBe("Bearer secret-key.103000");
  expect(asked[0]?.headers["content-type"]).toBe("application/json");
  expect(bodyOf(asked[0])).toEqual({
    phone: 79161234567,
    code: "0042",
    unique: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ) as string,
  });
});

test("the same order twice carries the same key and is the same call; another order another one", async () => {
  const calls = new Map<string, number>();
  const { baseUrl, asked } = await aCarrierServer((question, response) => {
    const { unique } = bodyOf(question);
    const exists = calls.has(unique);
    if (!exists) calls.set(unique, 1000 + calls.size);
    json({ ...placed, ucaller_id: calls.get(unique), unique_request_id: unique, exists })(
      question,
      response,
    );
  });
  // Each from a process of its own, as a retried task would be.
  const first = await aUcaller(baseUrl).place(anOrder());
  const again = await aUcaller(baseUrl).place(anOrder());
  const next = await aUcaller(baseUrl).place(anOrder({ sendId: "chal_AAAAAAAAAAAAAAAAAAAAAA#2" }));
  expect(first).toEqual({ kind: "placed", reference: "1000" });
  expect(again).toEqual(first);
  expect(next).toEqual({ kind: "placed", reference: "1001" });
  expect(calls.size).toBe(2);
  expect(asked).toHaveLength(3);
});

test.each([
  [3, { kind: "refused", reason: "number" }],
  [9, { kind: "refused", reason: "country" }],
  [20, { kind: "refused", reason: "country" }],
  [18, { kind: "refused", reason: "too_often", retryAfterSeconds: 60 }],
  [19, { kind: "refused", reason: "too_often", retryAfterSeconds: 15 }],
  ["19", { kind: "refused", reason: "too_often", retryAfterSeconds: 15 }],
  [429, { kind: "refused", reason: "rejected", retryAfterSeconds: 1 }],
  [1002, { kind: "refused", reason: "no_money" }],
  [0, { kind: "refused", reason: "rejected" }],
  [1, { kind: "refused", reason: "rejected" }],
  [2, { kind: "refused", reason: "rejected" }],
  [4, { kind: "refused", reason: "rejected" }],
  [5, { kind: "refused", reason: "rejected" }],
  [401, { kind: "refused", reason: "rejected" }],
  [1001, { kind: "refused", reason: "rejected" }],
  [1003, { kind: "refused", reason: "rejected" }],
  [1004, { kind: "refused", reason: "rejected" }],
  [1005, { kind: "refused", reason: "rejected" }],
  [777, { kind: "refused", reason: "rejected" }],
  ["x", { kind: "refused", reason: "rejected" }],
  [500, { kind: "unknown" }],
])("error %s: %j, by whatever HTTP status", async (code, result) => {
  for (const httpStatus of [200, 400]) {
    const { baseUrl } = await aCarrierServer(json(error(code), httpStatus));
    expect(await aUcaller(baseUrl).place(anOrder())).toEqual(result);
  }
});

test("a call that did not get through comes with our own digits, which are no error's number", async () => {
  const { baseUrl } = await aCarrierServer(json({ ...placed, status: false, code: "0018" }));
  expect(await aUcaller(baseUrl).place(anOrder({ code: "0018" }))).toEqual({
    kind: "placed",
    reference: "57251317",
  });
});

test.each(["0000", "123", "12345", "12a4", "", "١٢٣٤"])(
  "digits that no number of theirs ends in are not sent: %j",
  async (code) => {
    const { baseUrl, asked } = await aCarrierServer(json(placed));
    expect(await aUcaller(baseUrl).place(anOrder({ code }))).toEqual({
      kind: "refused",
      reason: "rejected",
    });
    expect(asked).toEqual([]);
  },
);

test.each([
  [-1, "under_way"],
  [0, "failed"],
  [1, "delivered"],
  [2, "unknown"],
  ["1", "unknown"],
  [null, "unknown"],
  [undefined, "unknown"],
])("call_status %s: %s", async (callStatus, status) => {
  const { baseUrl, asked } = await aCarrierServer(
    json({ status: true, ucaller_id: 57251317, call_status: callStatus, cost: 0, phone_info: [] }),
  );
  const call = { sendId: "x#1", reference: "57251317" };
  expect(await aUcaller(baseUrl).status(call)).toBe(status);
  expect(asked[0]).toMatchObject({ method: "POST", url: { pathname: "/v1.0/getInfo" } });
  expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ uid: 57251317 });
});

const sendId = anOrder().sendId;

test.each([
  ["that arrived", { ...placed, exists: true }, "under_way"],
  ["that got lost", placed, "under_way"],
  ["of a bad number", error(3), "failed"],
  ["to a closed country", error(9), "failed"],
  // The first may have got there.
  ["that may have been counted", error(19), "unknown"],
  ["that may have taken the last money", error(1002), "unknown"],
  ["that is not answered again", {}, "unknown"],
])("an unanswered order %s is asked for by the same key", async (_, answer, status) => {
  const broken = inOrder((_asked, response) => response.destroy(), json(answer));
  const { baseUrl, asked } = await aCarrierServer(broken);
  const ucaller = aUcaller(baseUrl);
  expect(await ucaller.place(anOrder())).toEqual({ kind: "unknown" });
  expect(await ucaller.status({ sendId, reference: null })).toBe(status);
  expect(asked).toHaveLength(2);
  expect(bodyOf(asked[1])).toEqual(bodyOf(asked[0]));
});

test("no call is placed by asking for the status of an order that was answered, or is another's", async () => {
  const { baseUrl, asked } = await aCarrierServer(json(placed));
  const ucaller = aUcaller(baseUrl);
  expect(await ucaller.status({ sendId, reference: null })).toBe("unknown");
  await ucaller.place(anOrder());
  expect(await ucaller.status({ sendId, reference: null })).toBe("unknown");
  expect(asked).toHaveLength(1);
});

test("an order is asked for no more once it was answered", async () => {
  const { baseUrl, asked } = await aCarrierServer(
    inOrder((_, response) => response.destroy(), json(placed)),
  );
  const ucaller = aUcaller(baseUrl);
  await ucaller.place(anOrder());
  expect(await ucaller.place(anOrder())).toMatchObject({ kind: "placed" });
  expect(await ucaller.status({ sendId, reference: null })).toBe("unknown");
  expect(asked).toHaveLength(2);
});

test("only the last fifty unanswered orders are remembered", async () => {
  const { baseUrl, asked } = await aCarrierServer((_, response) => response.destroy());
  const ucaller = aUcaller(baseUrl);
  for (let n = 1; n <= 51; n += 1) await ucaller.place(anOrder({ sendId: `x#${n}` }));
  await ucaller.status({ sendId: "x#1", reference: null });
  expect(asked).toHaveLength(51);
  await ucaller.status({ sendId: "x#2", reference: null });
  expect(asked).toHaveLength(52);
});

test("an order that is not answered in three seconds is asked for, not lost", async () => {
  const { baseUrl } = await aCarrierServer(inOrder(hang, json({ ...placed, exists: true })));
  const ucaller = aUcaller(baseUrl);
  expect(await ucaller.place(anOrder())).toEqual({ kind: "unknown" });
  expect(await ucaller.status({ sendId, reference: null })).toBe("under_way");
});
