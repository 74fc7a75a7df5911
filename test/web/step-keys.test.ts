import { expect, test } from "vitest";
import { completionKeys, handoffKeys, withStepKeys } from "../../web/client/step-keys.ts";
import type { Memory } from "../../web/parts/memory.ts";
import { fakeClient, ok, refuse } from "./support/fake-client.ts";

/** Keys in the order in which they are made. */
const counted = () => {
  let made = 0;
  return () => `key-${(made += 1)}`;
};

const aMemory = (): Memory & { readonly all: () => string } => {
  const kept = new Map<string, string>();
  return {
    read: (name) => kept.get(name),
    write: (name, value) => void kept.set(name, value),
    all: () => [...kept.values()].join(" "),
  };
};

const right = { id: "auth_1", body: { code: "123456" } };

test("the same step has the same key until it is done, and a new one after that", async () => {
  const { client, answer, calls } = fakeClient();
  answer("confirmTotp", "no answer", refuse(503, "unavailable"), ok({}));
  for (let tries = 0; tries < 4; tries += 1) await client.confirmTotp(right);
  const [first, second, third, fourth] = calls.map(({ key }) => key);
  expect(first).toMatch(/^[\da-f-]{36}$/);
  expect([second, third]).toEqual([first, first]);
  expect(fourth).not.toBe(first);
});

test("another code, another factor and another request have keys of their own", async () => {
  const { client, calls } = fakeClient();
  await client.confirmTotp(right);
  await client.confirmTotp({ ...right, body: { code: "654321" } });
  await client.confirmPhone({ ...right, id: "phone_1" });
  await client.removePhone({ id: "phone_1" });
  await client.removePhone({ id: "phone_2" });
  await client.unlinkTelegram({ id: "tg_1" });
  await client.confirmTelegramLink({ id: "link_1" });
  expect(new Set(calls.map(({ key }) => key)).size).toBe(7);
  expect(calls.map(({ key }) => key)).not.toContain(null);
});

test("a re-authentication keeps its key over a wrong password, whose browser has no other way to its session", async () => {
  const { client, answer, calls } = fakeClient();
  const { reauthenticate } = client;
  answer("reauthenticate", "no answer", refuse(401, "invalid_credentials"), ok({}));
  await reauthenticate({ body: { password: "right" } });
  await reauthenticate({ body: { password: "wrong" } });
  await reauthenticate({ body: { password: "right" } });
  await reauthenticate({ body: { password: "right" } });
  const [first, second, third, fourth] = calls.map(({ key }) => key);
  expect([second, third]).toEqual([first, first]);
  expect(fourth).not.toBe(first);
});

test("what is read, and what may be done twice, has no key; one that is given is taken", async () => {
  const { client, calls } = fakeClient();
  await client.readSecurity();
  await client.signIn({ body: { email: "ann@example.com", password: "right" } });
  await client.createRecoveryCodes();
  await client.completeChallenge({ idempotencyKey: "given" });
  await client.removeTotp({ id: "auth_1", idempotencyKey: "given too" });
  expect(calls.map(({ key }) => key)).toEqual([null, null, null, "given", "given too"]);
});

test("a request that its sender ends keeps its key", async () => {
  const keys: unknown[] = [];
  const send = withStepKeys((_, { idempotencyKey }) => {
    keys.push(idempotencyKey);
    return Promise.reject(new DOMException("ended", "AbortError"));
  }, counted());
  await expect(send("confirmTotp", right)).rejects.toThrow("ended");
  await expect(send("confirmTotp", right)).rejects.toThrow("ended");
  expect(keys).toEqual(["key-1", "key-1"]);
});

test("one key a challenge, over reloads, and another for another challenge", () => {
  const memory = aMemory();
  const newKey = counted();
  const page = () => completionKeys(memory, newKey);
  const first = page();
  expect([first("chal_1"), first("chal_1"), page()("chal_1")]).toEqual(["key-1", "key-1", "key-1"]);
  expect(page()("chal_2")).toBe("key-2");
});

test("one key a host's link, over reloads, beside that of the completion, and the link's secret is not kept", () => {
  const memory = aMemory();
  const newKey = counted();
  const page = () => handoffKeys(memory, newKey);
  expect(page()("acc_1.chal_1.secret")).toBe("key-1");
  expect(completionKeys(memory, newKey)("chal_1")).toBe("key-2");
  expect(page()("acc_1.chal_1.secret")).toBe("key-1");
  expect(page()("acc_1.chal_2.secret")).toBe("key-3");
  expect(memory.all()).not.toContain("secret");
});
