import { describe, expect, test } from "vitest";
import { resetAccount } from "../../../lib/whole-account/reset-account.ts";
import { answerTelegram } from "../../../lib/telegram/answer-telegram.ts";
import { answerTotp } from "../../../lib/totp/answer-totp.ts";
import { cancelChallenge } from "../../../lib/challenge/cancel-challenge.ts";
import { openWithPrompt } from "../../../lib/telegram/open-with-prompt.ts";
import { removePhone } from "../../../lib/phone/remove-phone.ts";
import { removeTotp } from "../../../lib/totp/remove-totp.ts";
import { endSessions } from "../../../lib/sessions/end-sessions.ts";
import { aClient } from "../../support/account.ts";
import { anAuthenticator, codeAt, totpKeys, wrongCodeAt } from "../../support/authenticator.ts";
import { aChallenge, aNewChallenge, anAnswer } from "../../support/challenge.ts";
import { challengeId, sessionId } from "../../support/ids.ts";
import { aPhone } from "../../support/phones.ts";
import { aTelegramAccount, telegramWith } from "../../support/telegram.ts";
import { minute, noon } from "../../support/time.ts";
import { aCarrier } from "./support/carriers.ts";
import { aPhoneAccount, aWorld, otherThan, type World } from "./support/world.ts";

const id = challengeId("challenge");
const client = aClient();
const by = { sessionId: sessionId("mine"), client };

const chat = {
  id: aTelegramAccount(1).id,
  userId: 1,
  language: "en",
  state: "asked",
  claimedUntil: 0,
  messages: [7],
} as const;
const asked = aChallenge({
  telegram: {
    numbers: ["47", "12", "83"],
    round: 1,
    promptedAt: noon,
    chats: [chat],
    answeredBy: null,
    messagesClosedAt: null,
  },
});

const tap = (world: World, choice: string) =>
  world.decide((one, now) =>
    answerTelegram(one, { challengeId: id, userId: 1, messageId: 7, choice }, now),
  );

const endings: [string, (world: World) => Promise<unknown>][] = [
  ["the right code of a call", (world) => world.answer(world.heard())],
  [
    "the code of an authenticator app",
    (world) =>
      world.decide((one, now) =>
        answerTotp(one, { ...anAnswer(), code: codeAt(now.now), totpKeys }, now),
      ),
  ],
  ["the right number in Telegram", (world) => tap(world, "47")],
  ["a wrong number in Telegram", (world) => tap(world, "12")],
  ['"No, it\'s not me"', (world) => tap(world, "no")],
  ["a cancel", (world) => world.decide((one, now) => cancelChallenge(one, id, client, now))],
  [
    "five wrong codes",
    async (world) => {
      for (let n = 0; n < 5; n += 1) await world.answer(otherThan(world.heard()));
    },
  ],
  [
    "five wrong codes of an app",
    async (world) => {
      for (let n = 0; n < 5; n += 1) {
        await world.decide((one, now) =>
          answerTotp(one, { ...anAnswer(), code: wrongCodeAt(now.now), totpKeys }, now),
        );
      }
    },
  ],
  [
    "three newer sign-ins",
    async (world) => {
      for (const name of ["one", "two", "three"]) {
        const given = aNewChallenge({ id: challengeId(name) });
        await world.decide((one, now) => openWithPrompt(one, given, now));
      }
    },
  ],
  ["the end of all sessions", (world) => world.decide((one, now) => endSessions(one, by, now))],
  [
    "the removal of the number",
    (world) => world.decide((one, now) => removePhone(one, { ...by, id: aPhone().id }, now)),
  ],
  [
    "the removal of an authenticator",
    (world) =>
      world.decide((one, now) => removeTotp(one, { ...by, id: anAuthenticator().id }, now)),
  ],
  ["a reset by the host", (world) => world.decide((one, now) => resetAccount(one, client, now))],
];

const fallbackOf = async (world: World) => (await world.account()).challenges[0]?.fallback;

describe.each([
  ["between two calls", 10],
  ["after three calls", 90],
  ["after the SMS", 125],
])("%s, nothing is sent any more after", (_, seconds) => {
  test.each(endings)("%s, and the execution ends at once", async (_name, end) => {
    const world = aWorld(aPhoneAccount({ telegram: telegramWith(1), challenges: [asked] }));
    await world.request();
    await world.run(seconds);
    const [before, token] = [world.placedAt.length, (await fallbackOf(world))?.token];
    expect(before).toBeGreaterThan(0);
    expect(world.running()).toBe(1);
    await end(world);
    expect(world.asked.filter(({ what }) => what === "end")).toEqual([{ what: "end", by: token }]);
    expect(world.running()).toBe(0);
    await world.run(5 * 60);
    await world.request().catch(() => undefined);
    await world.run(20 * 60);
    expect(world.placedAt.length).toBe(before);
  });
});

test("nothing is sent any more after the challenge's ten minutes; the next task ends the execution", async () => {
  const late = aChallenge({ openedAt: noon - 9 * minute });
  const world = aWorld(aPhoneAccount({ challenges: [late] }));
  await world.request();
  await world.run(59);
  expect(world.placedAt).toHaveLength(2);
  await world.run(60 * 60);
  expect(world.placedAt).toHaveLength(2);
  expect(world.running()).toBe(0);
});

describe("a call that is on its way when the person gives up", () => {
  const aWorldThatEnds = (during: "place" | "status") => {
    const carrier = aCarrier();
    const end = () => world.decide((one, now) => cancelChallenge(one, id, client, now));
    const world: World = aWorld(aPhoneAccount(), {
      carriers: [
        {
          ...carrier,
          async place(order) {
            if (during === "place") await end();
            return carrier.place(order);
          },
          async status(call) {
            if (during === "status") await end();
            return carrier.status(call);
          },
        },
      ],
    });
    return { world, carrier };
  };

  test.each(["place", "status"] as const)(
    "(during %s) is the last one, though it failed",
    async (during) => {
      const { world, carrier } = aWorldThatEnds(during);
      if (during === "place") carrier.results.push({ kind: "refused", reason: "too_often" });
      else carrier.statuses.push("failed");
      await world.request();
      await world.run(6);
      expect(world.running()).toBe(0);
      await world.run(300);
      expect(world.placedAt).toHaveLength(1);
      expect(world.running()).toBe(0);
    },
  );

  test("is kept with what became of it", async () => {
    const { world } = aWorldThatEnds("place");
    await world.request();
    expect((await fallbackOf(world))?.sends).toMatchObject([{ state: "placed", carrier: "acme" }]);
  });
});

test("a wrong code that is not the last one ends no execution", async () => {
  const world = aWorld();
  await world.request();
  await world.run(3);
  await world.answer(otherThan(world.heard()));
  expect(world.asked.map(({ what }) => what)).not.toContain("end");
  await world.run(41);
  expect(world.placedAt).toHaveLength(2);
});
