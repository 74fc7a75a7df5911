import { expect, onTestFinished, test } from "vitest";
import type { World } from "../../../../local/devices/world/world.ts";
import { aBot } from "../../support/bot.ts";
import { aPerson, post } from "../../support/people.ts";
import { planFaults } from "../../support/phones.ts";
import { advance, aStack } from "../../support/stack.ts";

const worldOf = async (url: string, after?: number): Promise<World> => {
  const query = after === undefined ? "" : `?after=${after}`;
  return (await (await fetch(`${url}/devices/api/world${query}`)).json()) as World;
};

test("the world has the people with their chats, as the bot wrote them", async () => {
  const { url } = await aStack(aBot());
  const ann = await aPerson(url);
  await ann.send("hello");
  await ann.seen(1);
  expect((await worldOf(url)).telegram).toMatchObject({
    kind: "fake",
    bot: "twostep_local_bot",
    people: [
      {
        userId: ann.userId,
        name: "Ann",
        language: "en",
        started: true,
        blocked: false,
        messages: [
          { from: "person", text: "hello", buttons: [] },
          {
            from: "bot",
            text: "You wrote 5 characters",
            entities: [{ type: "bold", offset: 10, length: 1 }],
            buttons: [
              [
                { text: "47", url: null },
                { text: "12", url: null },
              ],
              [{ text: "Silent", url: null }],
            ],
            edited: false,
          },
        ],
      },
    ],
  });
});

test("who waits for a change hears of it at once, whatever it is", async () => {
  const { url } = await aStack(aBot());
  const ann = await aPerson(url);
  const happenings: (() => Promise<unknown>)[] = [
    () => ann.block(true),
    () => advance(url, 60),
    () => planFaults(url, { calls: ["lost"] }),
    () => post(`${url}/devices/api/telegram/faults`, { faults: [], always: { status: 500 } }),
    () => aPerson(url, { name: "Bob" }),
  ];
  for (const happen of happenings) {
    const { version } = await worldOf(url);
    const waiting = worldOf(url, version);
    const quiet = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 50))]);
    expect(quiet).toBeUndefined();
    const began = performance.now();
    await happen();
    expect((await waiting).version).toBeGreaterThan(version);
    expect(performance.now() - began).toBeLessThan(500);
  }
});

test("what somebody knows of another run of the stack is a change at once", async () => {
  const { url } = await aStack({});
  const { version } = await worldOf(url);
  expect((await worldOf(url, version - 1)).version).toBe(version);
  expect((await worldOf(url, version + 1)).version).toBe(version);
  expect((await fetch(`${url}/devices/api/world?after=x`)).status).toBe(400);
});

test("who waits for a change does not hold up the end of the stack", async () => {
  const stack = await aStack({});
  const { version } = await worldOf(stack.url);
  const waiting = worldOf(stack.url, version);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  await stack.stop();
  expect(performance.now() - began).toBeLessThan(1500);
  expect((await waiting).version).toBe(version);
});

test("without a bot the world says that Telegram is elsewhere", async () => {
  const { url } = await aStack({});
  expect(await worldOf(url)).toMatchObject({
    telegram: { kind: "elsewhere", description: "none" },
    phones: { numbers: [], calls: { next: [], always: null }, sms: { next: [], always: null } },
  });
});

test("somebody's name and language can be changed without blocking the bot", async () => {
  const { url } = await aStack(aBot());
  const { userId } = await aPerson(url);
  const put = (change: unknown) =>
    fetch(`${url}/devices/api/telegram/users/${userId}`, {
      method: "PUT",
      body: JSON.stringify(change),
    });
  expect(await (await put({ name: "Anna", language: "uk" })).json()).toMatchObject({
    ...{ userId, name: "Anna", language: "uk", blocked: false },
  });
  expect(await (await put({ blocked: true })).json()).toMatchObject({
    name: "Anna",
    blocked: true,
  });
  expect((await put({ name: "" })).status).toBe(400);
  expect((await put({ number: 1 })).status).toBe(400);
});

test("the page comes with a policy that lets only its own scripts and styles in", async () => {
  const { url } = await aStack({});
  const page = await fetch(`${url}/devices`);
  onTestFinished(() => page.body?.cancel());
  expect([page.status, page.headers.get("content-type")]).toEqual([
    200,
    "text/html; charset=utf-8",
  ]);
  expect(page.headers.get("content-security-policy")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  for (const [file, type] of [
    ["page.js", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
  ]) {
    const part = await fetch(`${url}/devices/${file}`);
    expect([part.status, part.headers.get("content-type")]).toEqual([200, type]);
    expect((await part.text()).length).toBeGreaterThan(1000);
  }
});

test("the page is for this machine alone, like its controls", async () => {
  const { url } = await aStack({});
  const foreign = await fetch(`${url}/devices`, { headers: { origin: "https://evil.example" } });
  expect(foreign.status).toBe(403);
});
