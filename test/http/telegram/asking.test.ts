import { expect, test } from "vitest";
import {
  approve,
  asked,
  challengeOf,
  lastTo,
  messagesTo,
  newAsked,
  newLinkedPerson,
  notMe,
  statusOf,
} from "../../support/service-asked.ts";
import { addedApp, challenged, signIn } from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock, queue } = service;

const sentTo = (chat: number) => messagesTo(service, chat).length;
const states = async (browser: Parameters<typeof challengeOf>[0]) =>
  (await challengeOf(browser)).methods.telegram?.accounts.map(({ state }) => state);

test("every linked account is asked once, with three numbers and a way to say no", async () => {
  const { person, chats } = await newLinkedPerson(service, 5);
  const browser = await challenged(service, person);
  expect(await states(browser)).toEqual(chats.map(() => "asking"));
  await telegram.runJobs();
  expect(await states(browser)).toEqual(chats.map(() => "asked"));
  const { number } = (await challengeOf(browser)).methods.telegram ?? {};
  for (const chat of chats) {
    expect(sentTo(chat)).toBe(1);
    const { buttons, html } = lastTo(service, chat);
    const [numbers = [], no] = buttons.map((row) => row.map(({ text }) => text));
    expect(numbers).toContain(number);
    expect(numbers).toHaveLength(3);
    expect([...new Set(numbers)].sort()).toEqual(numbers);
    expect(no).toEqual([notMe]);
    expect(html).toContain("Twostep");
    expect(html).toContain(`Device: Firefox on Windows\nAddress: ${browser.ip}\nTime: `);
  }
});

test("asking again: after half a minute, and three times in ten minutes", async () => {
  const { browser, chats } = await newAsked(service, 2);
  const [chat = 0] = chats;
  const again = () => browser.post("/v1/challenge/telegram");
  expect(await again()).toMatchObject({
    status: 429,
    code: "too_early",
    body: { retryAfter: 30 },
  });
  for (const count of [2, 3]) {
    clock.advance(30);
    expect((await again()).status).toBe(202);
    await telegram.runJobs();
    for (const one of chats) expect(sentTo(one)).toBe(count);
  }
  clock.advance(30);
  expect((await again()).body).toMatchObject({ code: "too_early", retryAfter: 510 });
  // The number is the same on all of them, so that an older message is as good as the last.
  const texts = messagesTo(service, chat).map(({ buttons }) => buttons);
  expect(texts).toEqual([texts[0], texts[0], texts[0]]);
});

test("another sign-in gets no more requests than the same one would, until somebody confirms", async () => {
  const { person, chats, browser } = await newAsked(service);
  const [chat = 0] = chats;
  await asked(service, person);
  await asked(service, person);
  const fourth = await asked(service, person);
  expect(sentTo(chat)).toBe(3);
  // The first one is cancelled: no more than three are open.
  expect(await statusOf(browser)).toBe("cancelled");
  expect((await fourth.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 600 });

  clock.advance(600);
  const next = await asked(service, person);
  expect(sentTo(chat)).toBe(4);
  await approve(service, next, chat);
  expect((await next.post("/v1/challenge/complete")).status).toBe(200);
  for (let n = 5; n <= 7; n += 1) {
    await asked(service, person);
    expect(sentTo(chat)).toBe(n);
  }
});

test("a success by another method forgets the requests too", async () => {
  const { person, owner, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  await asked(service, person);
  await asked(service, person);
  const third = await asked(service, person);
  expect((await third.post("/v1/challenge/totp", { code: app.nextCode() })).status).toBe(200);
  await asked(service, person);
  expect(sentTo(chat)).toBe(4);
});

test("ten requests an hour without success; the eleventh goes out when the first is an hour old", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const began = clock.now();
  for (let n = 1; n <= 10; n += 1) {
    await asked(service, person);
    expect(sentTo(chat)).toBe(n);
    clock.advance(210);
  }
  clock.advance(900);
  const browser = await asked(service, person);
  expect(sentTo(chat)).toBe(10);
  expect((await challengeOf(browser)).methods.telegram).toMatchObject({
    resendAt: new Date(began + 3_600_000).toISOString(),
    accounts: [],
  });
  expect((await browser.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 600 });
  clock.advance(599);
  expect((await browser.post("/v1/challenge/telegram")).body).toMatchObject({ retryAfter: 1 });
  const late = await challenged(service, person);
  clock.advance(1);
  expect((await late.post("/v1/challenge/telegram")).status).toBe(202);
  await telegram.runJobs();
  expect(sentTo(chat)).toBe(11);
  await approve(service, late, chat);
  expect((await late.post("/v1/challenge/complete")).status).toBe(200);
});

test("forty who ask again at once ask once", async () => {
  const { browser, chats } = await newAsked(service);
  const [chat = 0] = chats;
  clock.advance(30);
  const replies = await Promise.all(
    Array.from({ length: 40 }, () => browser.copy().post("/v1/challenge/telegram")),
  );
  await telegram.runJobs();
  expect(sentTo(chat)).toBe(2);
  expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
  const others = replies.filter(({ status }) => status !== 202).map(({ code }) => code);
  expect(others.filter((code) => code !== "too_early" && code !== "busy")).toEqual([]);
});

test("a blocked bot and a failed send show as unreachable, and the account that was asked answers", async () => {
  const { person, owner, chats } = await newLinkedPerson(service, 3);
  telegram.faults.send.push({ kind: "blocked" }, { kind: "failed" });
  const browser = await asked(service, person);
  expect(await states(browser)).toEqual(["unreachable", "unreachable", "asked"]);
  expect((await owner.get("/v1/security")).body).toMatchObject({
    telegram: { accounts: [{ reachable: false }, { reachable: true }, { reachable: true }] },
  });
  const [first = 0, , third = 0] = chats;
  await approve(service, browser, third);
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
  // Unblocked: the next request arrives, and the account is reachable again.
  await asked(service, person);
  expect(sentTo(first)).toBe(1);
  expect((await owner.get("/v1/security")).body).toMatchObject({
    telegram: { accounts: [{ reachable: true }, {}, {}] },
  });
});

test("a queue that is down: unreachable in the very answer, other methods go on, asking again works", async () => {
  const { person, owner, chats } = await newLinkedPerson(service, 2);
  const [chat = 0] = chats;
  const app = await addedApp(service, owner);
  queue.down = true;
  const [one, two] = [service.browser(), service.browser()];
  const replies = [await signIn(person, one), await signIn(person, two)];
  queue.down = false;
  for (const { body } of replies) {
    expect(body).toMatchObject({
      challenge: {
        methods: { totp: {}, telegram: { accounts: chats.map(() => ({ state: "unreachable" })) } },
      },
    });
  }
  await telegram.runJobs();
  expect(sentTo(chat)).toBe(0);
  expect((await one.post("/v1/challenge/totp", { code: app.nextCode() })).status).toBe(200);
  expect((await two.post("/v1/challenge/telegram")).status).toBe(202);
  await telegram.runJobs();
  await approve(service, two, chat);
  expect((await two.post("/v1/challenge/complete")).status).toBe(200);
});

test("a request that nobody sends shows as unreachable after twenty seconds", async () => {
  const { person } = await newLinkedPerson(service);
  const browser = await challenged(service, person);
  clock.advance(19);
  expect(await states(browser)).toEqual(["asking"]);
  clock.advance(1);
  expect(await states(browser)).toEqual(["unreachable"]);
  await telegram.runJobs();
  expect(await states(browser)).toEqual(["asked"]);
});

test("Telegram that wants us to wait is obeyed, and given up at the challenge's end", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  telegram.faults.send.push({ kind: "later", seconds: 7 });
  const browser = await asked(service, person);
  expect(sentTo(chat)).toBe(0);
  clock.advance(6);
  await telegram.runJobs();
  expect(sentTo(chat)).toBe(0);
  clock.advance(1);
  await telegram.runJobs();
  expect(sentTo(chat)).toBe(1);
  await approve(service, browser, chat);

  telegram.faults.send.push({ kind: "later", seconds: 600 });
  const late = await asked(service, person);
  expect(await states(late)).toEqual(["unreachable"]);
});
