import { describe, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import type { Challenge } from "../../lib/account/challenge.ts";
import { effectsOf } from "../../lib/runtime/effects.ts";
import type { Fallback } from "../../lib/account/fallback.ts";
import { anAccount } from "../support/account.ts";
import { aChallenge } from "../support/challenge.ts";
import { accountId, challengeId, phoneId } from "../support/ids.ts";
import { aFallback, aPhoneEnrolment, aSend } from "../support/phones.ts";
import { noon } from "../support/time.ts";

const ownerId = challengeId("challenge");
const ids = { accountId: accountId("ann"), ownerId };

const withFallback = (
  fallback: Partial<Fallback> | null,
  given: Partial<Challenge> = {},
): Account =>
  anAccount({ challenges: [aChallenge({ fallback: fallback && aFallback(fallback), ...given })] });

const [call, sms] = [aSend(), aSend({ n: 2, channel: "sms" })];
const over = { status: "cancelled", endedAt: noon } as const;

describe("of a save that", () => {
  test.each([
    ["asks for the first call, an execution starts", null, { runs: 1, sends: [call] }],
    ["finds no task to wake, another execution starts", { runs: 1 }, { runs: 2, sends: [call] }],
  ])("%s", (_, was, is) => {
    expect(effectsOf(withFallback(was), withFallback(is))).toEqual([
      { kind: "start_fallback", ...ids, run: is.runs, channel: "call" },
    ]);
  });

  test("takes the token, its task is woken, to go on as it does", () => {
    const was = withFallback({ token: "t", sends: [call] });
    const is = withFallback({ token: null, sends: [call, aSend({ n: 2, state: "requested" })] });
    expect(effectsOf(was, is)).toEqual([{ kind: "move_fallback", ...ids, token: "t" }]);
  });

  test.each([
    ["asks for an SMS after a call", { sends: [call, { ...sms, state: "requested" as const }] }],
    ["says that a call failed", { sends: [{ ...call, state: "failed" as const }] }],
  ])("%s, its task is woken", (_, is) => {
    const was = withFallback({ token: "t", sends: [call] });
    expect(effectsOf(was, withFallback({ token: null, ...is }))).toEqual([
      { kind: "move_fallback", ...ids, token: "t" },
    ]);
  });

  test("claims the next attempt, and drops the token of a task that waits no more, nothing follows", () => {
    const was = withFallback({ token: "t", sends: [call] });
    const is = withFallback({ token: null, sends: [call, aSend({ n: 2, state: "placing" })] });
    expect(effectsOf(was, is)).toEqual([]);
  });

  test.each([
    ["records a call", { token: "t", sends: [call] }, { token: "t", sends: [{ ...call, at: 7 }] }],
    ["has another task wait", { token: "t" }, { token: "u" }],
    ["has the first task wait", { token: null }, { token: "t" }],
    ["withdraws what was asked for", { token: null, sends: [call] }, { token: null, sends: [] }],
    ["changes nothing", { token: "t", sends: [call] }, { token: "t", sends: [call] }],
  ])("%s, nothing follows", (_, was, is) => {
    expect(effectsOf(withFallback(was), withFallback(is))).toEqual([]);
  });

  test.each(["approved", "denied", "expired", "locked", "cancelled"] as const)(
    "ends the challenge (%s), its execution ends, once",
    (status) => {
      const ended = { status, endedAt: noon };
      const fallback = { token: "t", sends: [call] };
      const is = withFallback(fallback, ended);
      expect(effectsOf(withFallback(fallback), is)).toEqual([{ kind: "end_fallback", token: "t" }]);
      expect(effectsOf(is, withFallback(fallback, { ...ended, handoff: null }))).toEqual([]);
      expect(effectsOf(is, anAccount())).toEqual([]);
    },
  );

  test("ends a challenge whose task is not known, or that has no fallback, nothing follows", () => {
    expect(effectsOf(withFallback({ token: null }), withFallback({ token: null }, over))).toEqual(
      [],
    );
    expect(effectsOf(withFallback(null), withFallback(null, over))).toEqual([]);
  });

  test("records a failure after the end, nobody is woken", () => {
    const was = withFallback({ token: "t", sends: [call] }, over);
    const is = withFallback({ token: null, sends: [{ ...call, state: "failed" }] }, over);
    expect(effectsOf(was, is)).toEqual([]);
  });

  test("forgets a challenge that was pending, its execution ends", () => {
    expect(effectsOf(withFallback({ token: "t" }), anAccount())).toEqual([
      { kind: "end_fallback", token: "t" },
    ]);
  });

  test("confirms, removes or replaces a number that was begun, its execution ends", () => {
    const was = anAccount({
      phoneEnrolment: aPhoneEnrolment({ fallback: aFallback({ token: "t" }) }),
    });
    const other = aPhoneEnrolment({ id: phoneId("phone_other"), fallback: aFallback() });
    const ended = { kind: "end_fallback", token: "t" };
    expect(effectsOf(was, anAccount())).toEqual([ended]);
    expect(effectsOf(was, anAccount({ phoneEnrolment: other }))).toEqual([
      { kind: "start_fallback", accountId: "ann", ownerId: "phone_other", run: 1, channel: "call" },
      ended,
    ]);
  });
});

test("an effect carries ids, a token and a channel, and nothing else", () => {
  const was = withFallback({ token: "t", sends: [call] });
  const all = [
    ...effectsOf(withFallback(null), withFallback({})),
    ...effectsOf(was, withFallback({ token: null, sends: [{ ...call, state: "requested" }] })),
    ...effectsOf(was, anAccount()),
  ];
  expect(new Set(all.flatMap((effect) => Object.keys(effect)))).toEqual(
    new Set(["kind", "accountId", "ownerId", "run", "token", "channel"]),
  );
});
