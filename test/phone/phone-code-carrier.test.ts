import { describe, expect, test } from "vitest";
import { answerPhoneCode, resolveCheckedCode } from "../../lib/phone/answer-phone-code.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { noGuesses } from "../../lib/account/guesses.ts";
import { callCode, toldCodeHash } from "../../lib/phone/fallback/codes.ts";
import { aCarrier } from "./fallback/support/carriers.ts";
import { aPhoneAccount, aWorld, otherThan } from "./fallback/support/world.ts";
import { aClient } from "../support/account.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { challengeId, phoneId } from "../support/ids.ts";
import { aFallback, aSend, codeKeys, codesKey } from "../support/phones.ts";
import { context, noon } from "../support/time.ts";

const id = challengeId("challenge");

describe("a code that the carrier tells", () => {
  const aCall = async () => {
    const world = aWorld(aPhoneAccount(), { carriers: [aCarrier("carrier_tells")] });
    await world.request();
    return world;
  };

  test("signs in, and is kept as a keyed hash alone", async () => {
    const world = await aCall();
    const stored = JSON.stringify(await world.account());
    expect(stored).not.toContain(`"${world.heard()}"`);
    expect(stored).toContain(toldCodeHash(codesKey, id, 1, world.heard()));
    expect(await world.answer(world.heard())).toMatchObject({ kind: "completed" });
  });

  test("is not the one that we would have chosen, which is wrong", async () => {
    const world = await aCall();
    expect(await world.answer(callCode(codesKey, id, 1))).toMatchObject({
      kind: "wrong_code",
      attemptsLeft: 4,
    });
  });

  test("is good for the last two calls, like any other", async () => {
    const world = await aCall();
    const first = world.heard();
    await world.run(41);
    const second = world.heard();
    expect(second).not.toBe(first);
    expect(await world.answer(first)).toMatchObject({ kind: "completed" });
  });
});

describe("a code that the carrier checks", () => {
  const aCall = async (given = {}) => {
    const world = aWorld(aPhoneAccount(given), { carriers: [aCarrier("carrier_checks")] });
    await world.request();
    return world;
  };

  test("signs in when the carrier says yes, and no guess stays charged", async () => {
    const world = await aCall({ guesses: { ...noGuesses, consecutiveWrong: 2, callWrongAt: [1] } });
    expect(await world.answer(world.heard())).toMatchObject({
      kind: "completed",
      completion: { method: "call" },
    });
    expect((await world.account()).guesses).toEqual({ ...noGuesses, callWrongAt: [1] });
  });

  test("is good for the last two calls, like any other", async () => {
    const world = await aCall();
    const first = world.heard();
    await world.run(41);
    expect(world.heard()).not.toBe(first);
    expect(await world.answer(first)).toMatchObject({ kind: "completed" });
  });

  test("is not good for a call before the last two", async () => {
    const world = await aCall();
    const first = world.heard();
    await world.run(82);
    expect(world.carrier.orders).toHaveLength(3);
    expect(await world.answer(first)).toMatchObject({ kind: "wrong_code" });
    expect(world.carrier.checked).toHaveLength(2);
  });

  test("stays charged when the carrier says no", async () => {
    const world = await aCall();
    expect(await world.answer(otherThan(world.heard()))).toMatchObject({
      kind: "wrong_code",
      attemptsLeft: 4,
    });
    expect((await world.account()).guesses).toMatchObject({
      consecutiveWrong: 1,
      callWrongAt: [noon],
    });
  });

  test.each(["unknown", "expired"] as const)(
    "is wrong when the carrier says %s, whatever it was",
    async (said) => {
      const world = await aCall();
      world.carrier.checks.push(said);
      expect(await world.answer(world.heard())).toMatchObject({
        kind: "wrong_code",
        attemptsLeft: 4,
      });
      expect((await world.account()).guesses.consecutiveWrong).toBe(1);
    },
  );

  test("is charged before the carrier is asked: a function that dies meanwhile leaves it wrong", async () => {
    const world = await aCall();
    const given = { ...anAnswer(), code: world.heard(), codeKeys };
    const outcome = await world.decide((one, now) => answerPhoneCode(one, given, now));
    expect(outcome.kind).toBe("ask_carrier");
    const account = await world.account();
    expect(account.guesses).toMatchObject({ consecutiveWrong: 1, callWrongAt: [noon] });
    expect(account.challenges[0]).toMatchObject({ status: "pending", wrongGuesses: 1 });
  });

  test("the last guess with the carrier blocks further ones, right or wrong, until it has answered", async () => {
    const world = await aCall({ challenges: [aChallenge({ wrongGuesses: 4 })] });
    const given = { ...anAnswer(), code: world.heard(), codeKeys };
    const outcome = await world.decide((one, now) => answerPhoneCode(one, given, now));
    expect(outcome.kind).toBe("ask_carrier");
    for (const code of [world.heard(), otherThan(world.heard())]) {
      expect(await world.answer(code)).toEqual({ kind: "closed", as: "locked" });
    }
    expect(world.carrier.checked).toEqual([]);
    const right = await world.decide((one, now) => resolveCheckedCode(one, given, true, now));
    expect(right.kind).toBe("completed");
  });

  test("the last guess locks the challenge when the carrier says no", async () => {
    const world = await aCall({ challenges: [aChallenge({ wrongGuesses: 4 })] });
    expect(await world.answer(otherThan(world.heard()))).toMatchObject({
      kind: "wrong_code",
      attemptsLeft: 0,
    });
    expect((await world.account()).challenges[0]?.status).toBe("locked");
    expect(await world.answer(world.heard())).toEqual({ kind: "closed", as: "locked" });
    await world.run(600);
    expect(world.placedAt).toHaveLength(1);
  });

  test("of 40 guesses at once the carrier is asked five at most", async () => {
    const world = await aCall();
    await Promise.allSettled(
      Array.from({ length: 40 }, () => world.answer(otherThan(world.heard()))),
    );
    expect(world.carrier.checked.length).toBeGreaterThan(0);
    expect(world.carrier.checked.length).toBeLessThanOrEqual(5);
    expect((await world.account()).guesses.consecutiveWrong).toBe(world.carrier.checked.length);
  });

  test("a yes for a challenge that was cancelled meanwhile signs nobody in", async () => {
    const world = await aCall();
    const given = { ...anAnswer(), code: world.heard(), codeKeys };
    await world.decide((one, now) => answerPhoneCode(one, given, now));
    await world.decide((one, now) => cancelChallenge(one, id, aClient(), now));
    expect(await world.decide((one, now) => resolveCheckedCode(one, given, true, now))).toEqual({
      kind: "closed",
      as: "cancelled",
    });
  });

  test("while guesses are paused the carrier is not asked", async () => {
    const world = await aCall({ guesses: { ...noGuesses, pausedUntil: noon + 1000 } });
    expect(await world.answer(world.heard())).toEqual({ kind: "paused", until: noon + 1000 });
    expect(world.carrier.checked).toEqual([]);
  });

  test("a carrier that is not there any more says nothing", async () => {
    const sends = [aSend({ carrier: "gone", code: { kind: "checked" } })];
    const world = await aCall({ challenges: [aChallenge({ fallback: aFallback({ sends }) })] });
    expect(await world.answer("1234")).toMatchObject({ kind: "wrong_code" });
  });

  test("an order whose answer was lost has no code that anybody could check: every one is wrong", () => {
    const lost = aSend({ state: "unknown", carrier: "acme", reference: null });
    const account = aPhoneAccount({
      challenges: [aChallenge({ fallback: aFallback({ phoneId: phoneId("p"), sends: [lost] }) })],
    });
    const code = otherThan(callCode(codesKey, id, 1));
    const { outcome } = answerPhoneCode(account, { ...anAnswer(), code, codeKeys }, context(noon));
    expect(outcome.kind).toBe("wrong_code");
  });
});
