import { expect, test } from "vitest";
import type { Measure } from "../../lib/log/measure.ts";
import { newAsked, notMe, numberOf, tap } from "../support/service-asked.ts";
import {
  addedPhone,
  challenged,
  newSecuredPerson,
  placeCalls,
  signIn,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

const counted = async (work: () => Promise<unknown>): Promise<Measure[]> => {
  const before = service.measures.length;
  await work();
  return service.measures.slice(before);
};
/** What happened, without the counts of what worked. */
const happened = (measures: readonly Measure[]) =>
  measures.filter(({ name, value }) => value > 0 || !/Fault|Failed|Lost|Undelivered/.test(name));
const count = (name: Measure["name"], dimensions: Readonly<Record<string, string>>) => ({
  name,
  value: 1,
  unit: "Count",
  dimensions,
});

test("a password is counted by how it was tried", async () => {
  const { person } = await newSecuredPerson(service);
  const browser = service.browser();
  const tries = await counted(async () => {
    await signIn(person, browser);
    for (let n = 0; n < 6; n += 1) await signIn({ ...person, password: "wrong" }, browser);
  });
  const outcomes = tries.filter(({ name }) => name === "PasswordTried");
  expect(outcomes.map(({ dimensions }) => Object.values(dimensions)[0])).toEqual([
    "right",
    ...Array.from({ length: 5 }, () => "wrong"),
    "paused",
  ]);
  expect(tries).toContainEqual(count("ChallengeOpened", { purpose: "sign_in" }));
});

test("a sign-in by an authenticator is one end, with its method and the time that it took", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const measures = await counted(async () => {
    await browser.post("/v1/challenge/totp", { code: app.wrong() });
    await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  });
  expect(happened(measures)).toEqual([
    count("WrongCode", { method: "six_digits" }),
    count("ChallengeEnded", { outcome: "completed", method: "totp" }),
    { name: "SecondFactorTime", value: 30, unit: "Seconds", dimensions: { method: "totp" } },
  ]);
});

test("five wrong codes are five, and one end", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const measures = await counted(async () => {
    for (const code of app.manyWrong(5)) await browser.post("/v1/challenge/totp", { code });
  });
  expect(measures.filter(({ name }) => name === "WrongCode")).toHaveLength(5);
  expect(measures.filter(({ name }) => name === "ChallengeEnded")).toEqual([
    count("ChallengeEnded", { outcome: "locked", method: "none" }),
  ]);
});

test("Telegram is counted by what became of the request, and by how it was answered", async () => {
  const asked = await newAsked(service);
  const [chat = 0] = asked.chats;
  const number = await numberOf(asked.browser);
  const tapped = await counted(() => tap(service, chat, number));
  expect(happened(tapped)).toEqual([]);
  const completed = await counted(() => asked.browser.post("/v1/challenge/complete"));
  expect(completed).toContainEqual(
    count("ChallengeEnded", { outcome: "completed", method: "telegram" }),
  );
  service.clock.advance(60);
  const denied = await counted(async () => {
    await challenged(service, asked.person);
    await service.telegram.runJobs();
    await tap(service, chat, notMe);
  });
  expect(denied).toContainEqual(count("TelegramPrompted", { outcome: "sent" }));
  expect(denied).toContainEqual(count("ChallengeEnded", { outcome: "denied", method: "none" }));
});

test("a call is counted by carrier and outcome, with what it costs", async () => {
  const { person, browser } = await newSecuredPerson(service);
  const numberId = await addedPhone(service, browser);
  const signingIn = await challenged(service, person);
  service.clock.advance(20);
  const measures = await counted(async () => {
    await signingIn.post("/v1/challenge/call", { numberId });
    const code = await placeCalls(service);
    await signingIn.post("/v1/challenge/code", { code });
  });
  expect(happened(measures).map(({ name }) => name)).toEqual([
    "FallbackStarted",
    "FallbackAttempt",
    "SendCost",
    "ChallengeEnded",
    "SecondFactorTime",
  ]);
  expect(measures).toContainEqual(
    count("FallbackAttempt", { channel: "call", carrier: "ucaller", outcome: "placed" }),
  );
});

test("no dimension is anybody's", () => {
  const text = JSON.stringify(service.measures);
  expect(text).not.toMatch(/person-|@|\+380|192\.0|chal_|acc_/);
});
