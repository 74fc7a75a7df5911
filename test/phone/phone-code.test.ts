import { describe, expect, test } from "vitest";
import { answerPhoneCode } from "../../lib/phone/answer-phone-code.ts";
import { callCode, smsCode } from "../../lib/phone/fallback/codes.ts";
import type { Send } from "../../lib/account/fallback.ts";
import { otherThan } from "./fallback/support/world.ts";
import { aPhoneAccount } from "./fallback/support/world.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { challengeId } from "../support/ids.ts";
import { aFallback, aSend, codeKeys, codesKey } from "../support/phones.ts";
import { context, minute, noon, second } from "../support/time.ts";

const id = challengeId("challenge");
const callOf = (n: number) => callCode(codesKey, id, n);
const sms = smsCode(codesKey, id);

const withSends = (...sends: readonly Send[]) =>
  aPhoneAccount({ challenges: [aChallenge({ fallback: aFallback({ sends }) })] });

const answer = (account: ReturnType<typeof withSends>, code: string, now: number) =>
  answerPhoneCode(account, { ...anAnswer(), code, codeKeys }, context(now)).outcome;

const kindOf = (sends: readonly Send[], code: string, now: number) =>
  answer(withSends(...sends), code, now).kind;

const calls = (...numbers: readonly number[]) =>
  numbers.map((n) => aSend({ n, at: noon + (n - 1) * 20 * second }));

test("the code of a call signs in, and says that it was a call", () => {
  expect(answer(withSends(aSend()), callOf(1), noon + minute)).toMatchObject({
    kind: "completed",
    completion: { method: "call" },
  });
});

test("the code of an SMS signs in, and says that it was an SMS", () => {
  const sent = aSend({ channel: "sms", carrier: "sns" });
  expect(answer(withSends(sent), sms, noon + minute)).toMatchObject({
    kind: "completed",
    completion: { method: "sms" },
  });
});

describe("how long a code is good", () => {
  test.each([
    ["a call's, three minutes", aSend(), callOf(1), 3 * minute],
    ["an SMS's, five minutes", aSend({ channel: "sms" }), sms, 5 * minute],
  ])("%s", (_, sent, code, life) => {
    expect(kindOf([sent], code, noon)).toBe("completed");
    expect(kindOf([sent], code, noon + life - 1)).toBe("completed");
    expect(kindOf([sent], code, noon + life)).toBe("method_unavailable");
  });

  test("of two calls, each its own three minutes", () => {
    const two = [aSend(), aSend({ n: 2, at: noon + minute })];
    expect(kindOf(two, callOf(1), noon + 3 * minute - 1)).toBe("completed");
    expect(kindOf(two, callOf(1), noon + 3 * minute)).toBe("wrong_code");
    expect(kindOf(two, callOf(2), noon + 4 * minute - 1)).toBe("completed");
    expect(kindOf(two, callOf(2), noon + 4 * minute)).toBe("method_unavailable");
  });

  test("of an SMS that was sent again, five minutes from then, and it is the same code", () => {
    const two = [aSend({ channel: "sms" }), aSend({ n: 2, channel: "sms", at: noon + minute })];
    expect(kindOf(two, sms, noon + 6 * minute - 1)).toBe("completed");
    expect(kindOf(two, sms, noon + 6 * minute)).toBe("method_unavailable");
  });
});

describe("of several calls", () => {
  test("the last two are good, and none before them", () => {
    const now = noon + minute;
    expect([1, 2, 3, 4].map((n) => kindOf(calls(1, 2, 3, 4), callOf(n), now))).toEqual([
      "wrong_code",
      "wrong_code",
      "completed",
      "completed",
    ]);
  });

  test("an SMS in between takes no call's place", () => {
    const sent = [...calls(1, 2, 3), aSend({ n: 4, channel: "sms", at: noon + minute })];
    const now = noon + minute;
    expect(kindOf(sent, callOf(2), now)).toBe("completed");
    expect(kindOf(sent, callOf(3), now)).toBe("completed");
    expect(kindOf(sent, callOf(1), now)).toBe("wrong_code");
    expect(kindOf(sent, sms, now)).toBe("completed");
  });

  test("one that failed, or was only asked for, takes none either", () => {
    const [first = aSend(), next = aSend(), third = aSend()] = calls(1, 2, 3);
    const sent: Send[] = [
      first,
      next,
      { ...third, state: "failed" },
      aSend({ n: 4, state: "requested" }),
    ];
    const now = noon + minute;
    expect([1, 2, 3, 4].map((n) => kindOf(sent, callOf(n), now))).toEqual([
      "completed",
      "completed",
      "wrong_code",
      "wrong_code",
    ]);
  });

  test.each(["placing", "unknown"] as const)(
    "one that is %s, and whose order was noted, may have arrived: it is good",
    (state) => {
      expect(kindOf([aSend({ state, reference: null })], callOf(1), noon)).toBe("completed");
    },
  );
});

describe("before a code could have been sent", () => {
  test.each([
    ["nothing was asked for", []],
    ["the call was only asked for", [aSend({ state: "requested" })]],
    ["the call failed", [aSend({ state: "failed" })]],
    ["no order for the call has left", [aSend({ state: "placing", carrier: null })]],
  ] as [string, Send[]][])("%s: no code is read, and none is charged", (_, sends) => {
    const account = withSends(...sends);
    const decided = answerPhoneCode(
      account,
      { ...anAnswer(), code: callOf(1), codeKeys },
      context(noon),
    );
    expect(decided).toEqual({ account, outcome: { kind: "method_unavailable" } });
  });

  test("calls were made: six digits are the code of nothing yet", () => {
    expect(kindOf(calls(1, 2, 3), sms, noon + minute)).toBe("method_unavailable");
  });
});

test("a code of one challenge is worth nothing in another", () => {
  const other = challengeId("other");
  const account = aPhoneAccount({
    challenges: [
      aChallenge({ fallback: aFallback({ sends: [aSend()] }) }),
      aChallenge({ id: other, fallback: aFallback({ sends: [aSend()] }) }),
    ],
  });
  expect(answer(account, callCode(codesKey, other, 1), noon).kind).toBe("wrong_code");
});

test("a wrong code is charged in the save that refuses it, on the account, the challenge and the day's calls", () => {
  const account = withSends(aSend());
  const decided = answerPhoneCode(
    account,
    { ...anAnswer(), code: otherThan(callOf(1)), codeKeys },
    context(noon),
  );
  expect(decided.outcome).toMatchObject({ kind: "wrong_code", attemptsLeft: 4 });
  expect(decided.account.guesses).toMatchObject({ consecutiveWrong: 1, callWrongAt: [noon] });
  expect(decided.account.challenges[0]?.wrongGuesses).toBe(1);
});

test("a wrong code of an SMS is charged alike, but not on the calls", () => {
  const { account } = answerPhoneCode(
    withSends(aSend({ channel: "sms" })),
    { ...anAnswer(), code: otherThan(sms), codeKeys },
    context(noon),
  );
  expect(account.guesses).toMatchObject({ consecutiveWrong: 1, callWrongAt: [] });
  expect(account.challenges[0]?.wrongGuesses).toBe(1);
});
