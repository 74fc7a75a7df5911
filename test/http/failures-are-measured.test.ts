import { expect, test } from "vitest";
import type { Measure } from "../../lib/log/measure.ts";
import { newAsked, numberOf, tap } from "../support/service-asked.ts";
import { challenged, newSecuredPerson, signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

/** How often this failed and how often it was tried, while `work` ran. */
const failures = async (
  name: Measure["name"],
  dimensions: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
) => {
  const before = service.measures.length;
  await work();
  const values = service.measures
    .slice(before)
    .filter((one) => one.name === name)
    .map((one) => {
      expect(one.dimensions).toEqual(dimensions);
      return one.value;
    });
  return { tried: values.length, failed: values.reduce((sum, value) => sum + value, 0) };
};
const withoutStorage = async <T>(work: () => Promise<T>): Promise<T> => {
  service.storage.failWhen(() => "before");
  try {
    return await work();
  } finally {
    service.storage.failWhen(undefined);
  }
};

test("a sign-in that gets a 503 is a failure of its step, one that gets a refusal is none", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = service.browser();
  const password = { step: "password" };
  expect(
    await failures("SignInFault", password, async () => {
      await signIn(person, browser);
      await signIn({ ...person, password: "wrong" }, service.browser());
      await withoutStorage(() => signIn(person, service.browser()));
    }),
  ).toEqual({ tried: 3, failed: 1 });
  const enter = () => browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(
    await failures("SignInFault", { step: "second_step" }, async () => {
      await withoutStorage(enter);
      await enter();
    }),
  ).toEqual({ tried: 2, failed: 1 });
});

test("a tap in Telegram that gets a 503 is a failure of Telegram's answers", async () => {
  const { browser, chats } = await newAsked(service);
  const [chat = 0] = chats;
  const number = await numberOf(browser);
  const step = { step: "telegram_answer" };
  expect(
    await failures("SignInFault", step, async () => {
      await withoutStorage(() => tap(service, chat, number));
      await tap(service, chat, number);
    }),
  ).toEqual({ tried: 2, failed: 1 });
});

test("no other request is counted: polls would hide the faults of what people wait for", async () => {
  const { person } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const counted = await failures("SignInFault", {}, async () => {
    await browser.get("/v1/challenge");
    await browser.get("/v1/time");
  });
  expect(counted.tried).toBe(0);
});

test("a read or save of an account that fails is a failure of the store", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const enter = () => browser.post("/v1/challenge/totp", { code: app.nextCode() });
  const down = await failures("StoreFault", {}, () => withoutStorage(enter));
  expect(down).toEqual({ tried: 1, failed: 1 });
  const up = await failures("StoreFault", {}, enter);
  expect(up).toEqual({ tried: 1, failed: 0 });
});

test("an entry that the bus does not take is a failure of the bus", async () => {
  const { person } = await newSecuredPerson(service);
  service.bus.down = true;
  const down = await failures("ActivityLost", {}, () => challenged(service, person));
  service.bus.down = false;
  const up = await failures("ActivityLost", {}, () => challenged(service, person));
  expect(down.failed).toBe(down.tried);
  expect(down.tried).toBeGreaterThan(0);
  expect(up).toEqual({ tried: down.tried, failed: 0 });
});

test("a prompt that the queue does not take is a failure of Telegram, as people see it", async () => {
  const { person } = await newAsked(service);
  service.clock.advance(60);
  service.queue.down = true;
  const down = await failures("TelegramFailed", {}, () => challenged(service, person));
  service.queue.down = false;
  expect(down).toEqual({ tried: 1, failed: 1 });
});
