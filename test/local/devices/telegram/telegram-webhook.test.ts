import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "grammy/types";
import { expect, onTestFinished, test, vi } from "vitest";
import { aBot, UNSET } from "../../support/bot.ts";
import { aPerson, logged, personOf, post, storedToken } from "../../support/people.ts";
import { advance, aStack } from "../../support/stack.ts";

const updatesOf = async (url: string, count: number): Promise<Update[]> =>
  (await logged(url, "update", count)).map(({ update }) => update as Update);

test("a text reaches the bot with the secret that it set, and its answer is seen", async () => {
  const { url } = await aStack(aBot());
  const ann = await aPerson(url, { name: "Ann <b>&</b>", username: "@ann", language: "uk" });
  expect(await ann.send("/start abc")).toBe(202);
  const [seen] = await ann.seen(1);
  expect(seen).toMatchObject({
    text: "You wrote 10 characters",
    buttons: [["47", "12"], ["Silent"]],
  });
  const [line] = await logged(url, "update", 1);
  expect(line).toMatchObject({
    secret: expect.stringMatching(/^[A-Za-z0-9]{64}$/) as string,
    update: {
      update_id: expect.any(Number) as number,
      message: {
        message_id: 1,
        chat: { id: ann.userId, type: "private", first_name: "Ann <b>&</b>", username: "ann" },
        from: { language_code: "uk" },
        entities: [{ type: "bot_command", offset: 0, length: 6 }],
      },
    },
  });
});

test("a tap waits for the bot's notice, and gives none if the bot has none", async () => {
  const { url } = await aStack(aBot());
  const ann = await aPerson(url);
  await ann.send("hello");
  const [{ id } = { id: 0 }] = await ann.seen(1);
  expect(await ann.tap(id, "Silent")).toEqual({ status: 200, body: {} });
  expect(await ann.tap(id, "12")).toEqual({ status: 200, body: { notice: "Got b" } });
  const [, silent, tapped] = await updatesOf(url, 3);
  expect(silent?.callback_query?.data).toBe("silent");
  expect(tapped?.callback_query).toMatchObject({
    from: { id: ann.userId },
    message: { message_id: id, text: "You wrote 5 characters" },
    data: "b",
  });
  await vi.waitFor(async () =>
    expect(await ann.messages()).toMatchObject([{ text: "Over", buttons: [], edited: true }]),
  );
  expect((await ann.tap(id, "12")).status).toBe(404);
  expect((await ann.tap(99, "12")).status).toBe(404);
});

test("blocking and unblocking are told once each", async () => {
  const { url } = await aStack(aBot());
  const ann = await aPerson(url);
  await ann.send("hello");
  for (const blocked of [true, true, false]) expect(await ann.block(blocked)).toBe(200);
  const [, kicked, member] = await updatesOf(url, 3);
  expect(kicked?.my_chat_member).toMatchObject({
    chat: { id: ann.userId, type: "private" },
    old_chat_member: { status: "member", user: { username: "twostep_local_bot" } },
    new_chat_member: { status: "kicked" },
  });
  expect(member?.my_chat_member).toMatchObject({ new_chat_member: { status: "member" } });
});

test("an update that was not taken comes again when the clock says so, before that person's later ones", async () => {
  const { url } = await aStack(aBot());
  const [ann, bob] = [await aPerson(url), await aPerson(url, { name: "Bob", language: "ru" })];
  await ann.send("fail 4");
  await ann.send("after");
  // At once, and then the pauses begin: 2 s, 4 s, 8 s.
  await updatesOf(url, 2);
  await bob.send("meanwhile");
  await bob.seen(1);
  await vi.waitFor(
    async () => {
      await advance(url, 8);
      expect(await ann.messages()).toHaveLength(2);
    },
    { timeout: 10_000 },
  );
  const texts = (await updatesOf(url, 7))
    .filter(({ message }) => message?.from.id === ann.userId)
    .map(({ message }) => message?.text);
  expect(texts).toEqual([...Array<string>(5).fill("fail 4"), "after"]);
});

test("people, chats and updates that nobody took outlive a restart", async () => {
  const first = await aStack(aBot());
  const ann = await aPerson(first.url);
  await ann.send("hello");
  const before = await ann.seen(1);
  await ann.send("fail 99");
  await updatesOf(first.url, 3);
  await first.stop();

  const second = await aStack(aBot(), { dataDir: first.dataDir });
  const [again] = await updatesOf(second.url, 1);
  expect(again).toMatchObject({ message: { text: "fail 99", message_id: 3 } });
  expect(again?.update_id).toBeGreaterThan(100_000_001);
  const same = personOf(second.url, ann.userId);
  expect(await same.messages()).toEqual(before);
  const bob = await aPerson(second.url, { name: "Bob", language: "en" });
  expect(bob.userId).not.toBe(ann.userId);
  await bob.send("hi");
  const [answer] = await bob.seen(1);
  expect(answer?.id).toBeGreaterThan(3);
});

test("planned faults meet the bot's next calls, in order", async () => {
  const { url, endpoints, dataDir } = await aStack(aBot());
  const faults = [
    { status: 429, retryAfter: 7 },
    { status: 403 },
    { status: 502 },
    { hangSeconds: 0.2 },
  ];
  const planned = await post(`${url}/devices/api/telegram/faults`, { faults });
  expect(planned.status).toBe(202);
  const call = () => fetch(`${endpoints.telegram}/bot${token}/getMe`);
  const token = await storedToken(dataDir);

  const flooded = await call();
  expect(flooded.headers.get("retry-after")).toBe("7");
  expect(await flooded.json()).toEqual({
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 7",
    parameters: { retry_after: 7 },
  });
  expect(await (await call()).json()).toMatchObject({
    error_code: 403,
    description: "Forbidden: bot was blocked by the user",
  });
  const proxy = await call();
  expect([proxy.status, await proxy.text()]).toEqual([502, expect.stringContaining("<html>")]);
  const began = performance.now();
  expect((await call()).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThan(190);
  expect((await call()).status).toBe(200);
});

test("a call that hung and was given up has had no effect", async () => {
  const { url, endpoints, dataDir } = await aStack(aBot({ setUp: false }));
  const ann = await aPerson(url);
  await ann.send("hello");
  await post(`${url}/devices/api/telegram/faults`, { faults: [{ hangSeconds: 0.3 }] });
  const address = `${endpoints.telegram}/bot${await storedToken(dataDir)}/sendMessage`;
  const given = `${address}?chat_id=${ann.userId}&text=once`;
  await expect(fetch(given, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 400));
  await fetch(given);
  expect(await ann.messages()).toHaveLength(1);
});

test.each([
  ["users", { name: "" }],
  ["users", { language: "en" }],
  ["users", { name: "Ann", username: "a b" }],
  ["users", { name: "Ann", admin: true }],
  ["users/5000000001/send", { text: "" }],
  ["users/5000000001/send", { text: "x".repeat(4097) }],
  ["users/5000000001/send", { text: 5 }],
  ["users/5000000001/tap", { messageId: "1", button: "a" }],
  ["faults", { faults: [{ status: 200 }] }],
  ["faults", { faults: [{ hangSeconds: -1 }] }],
  ["faults", {}],
])("the controls refuse %s %j", async (path, body) => {
  const { url } = await aStack(aBot({ setUp: false }));
  await aPerson(url);
  const refused = await post(`${url}/devices/api/telegram/${path}`, body);
  expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
});

test("nobody is not found, and any text of 4096 characters is sent", async () => {
  const { url } = await aStack(aBot());
  expect(await personOf(url, 1).send("x")).toBe(404);
  const ann = await aPerson(url, { name: "Ann" });
  const text = `\u0000 \ud800 <b>&amp; ${"😀".repeat(2000)}`.padEnd(4096, "x");
  expect(await ann.send(text)).toBe(202);
  expect(await ann.seen(1)).toMatchObject([{ text: "You wrote 4096 characters" }]);
});

test("the placeholder of the bot's token gives way to a token, also in a folder that has it already", async () => {
  const first = await aStack({ ...aBot({ setUp: false }), functions: {}, routes: {} });
  expect(await storedToken(first.dataDir)).toBe(UNSET);
  await first.stop();
  const second = await aStack(aBot(), { dataDir: first.dataDir });
  const token = await storedToken(second.dataDir);
  expect(token).toMatch(/^\d{10}:AA[\w-]{33}$/);
  await second.stop();
  const third = await aStack(aBot(), { dataDir: first.dataDir });
  expect(await storedToken(third.dataDir)).toBe(token);
});

test("a webhook that hangs up is tried again", async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (calls === 1) request.socket.destroy();
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { url, endpoints, dataDir } = await aStack(aBot({ setUp: false }));
  const api = `${endpoints.telegram}/bot${await storedToken(dataDir)}`;
  const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await fetch(`${api}/setWebhook?url=${encodeURIComponent(hook)}`);
  await (await aPerson(url)).send("hello");
  await vi.waitFor(() => expect(calls).toBe(2));
  await vi.waitFor(async () => {
    const info = await (await fetch(`${api}/getWebhookInfo`)).json();
    expect(info).toMatchObject({
      result: { pending_update_count: 0, last_error_message: "Connection refused" },
    });
  });
});
