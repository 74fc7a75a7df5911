import { describe, expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import type { Challenge } from "../../lib/challenge/challenge.ts";
import { effectsOf } from "../../lib/challenge/effects.ts";
import type { Ladder } from "../../lib/ladder/ladder.ts";
import { anAccount } from "../support/account.ts";
import { aChallenge } from "../support/challenge.ts";
import { accountId, challengeId, phoneId } from "../support/ids.ts";
import { aLadder, aPhoneEnrolment, aSend } from "../support/phones.ts";
import { noon } from "../support/time.ts";

const subjectId = challengeId("challenge");
const ids = { accountId: accountId("ann"), subjectId };

const withLadder = (ladder: Partial<Ladder> | null, given: Partial<Challenge> = {}): Account =>
  anAccount({ challenges: [aChallenge({ ladder: ladder && aLadder(ladder), ...given })] });

const [call, sms] = [aSend(), aSend({ n: 2, via: "sms" })];
const over = { status: "cancelled", endedAt: noon } as const;

describe("of a save that", () => {
  test.each([
    ["asks for the first call, an execution starts", null, { runs: 1, sends: [call] }],
    ["finds no task to wake, another execution starts", { runs: 1 }, { runs: 2, sends: [call] }],
  ])("%s", (_, was, is) => {
    expect(effectsOf(withLadder(was), withLadder(is))).toEqual([
      { kind: "start_ladder", ...ids, run: is.runs },
    ]);
  });

  test("takes the token, its task is woken, to go on as it does", () => {
    const was = withLadder({ token: "t", sends: [call] });
    const is = withLadder({ token: null, sends: [call, aSend({ n: 2, state: "requested" })] });
    expect(effectsOf(was, is)).toEqual([
      { kind: "move_ladder", ...ids, token: "t", callsOver: false },
    ]);
  });

  test.each([
    ["asks for an SMS after a call", { sends: [call, sms] }],
    ["switches calls off", { sends: [call], callsOff: true }],
  ])("%s, the task is woken past all calls", (_, is) => {
    const was = withLadder({ token: "t", sends: [call] });
    expect(effectsOf(was, withLadder({ token: null, ...is }))).toEqual([
      { kind: "move_ladder", ...ids, token: "t", callsOver: true },
    ]);
  });

  test("asks for another SMS, the task of the SMS goes on as it does", () => {
    const was = withLadder({ token: "t", sends: [sms], callsOff: true });
    const is = withLadder({ token: null, callsOff: true, sends: [sms, { ...sms, n: 3 }] });
    expect(effectsOf(was, is)).toMatchObject([{ kind: "move_ladder", callsOver: false }]);
  });

  test.each([
    ["records a call", { token: "t", sends: [call] }, { token: "t", sends: [{ ...call, at: 7 }] }],
    ["has another task wait", { token: "t" }, { token: "u" }],
    ["has the first task wait", { token: null }, { token: "t" }],
    ["withdraws what was asked for", { token: null, sends: [call] }, { token: null, sends: [] }],
    ["changes nothing", { token: "t", sends: [call] }, { token: "t", sends: [call] }],
  ])("%s, nothing follows", (_, was, is) => {
    expect(effectsOf(withLadder(was), withLadder(is))).toEqual([]);
  });

  test.each(["approved", "denied", "expired", "locked", "cancelled"] as const)(
    "ends the challenge (%s), its execution ends, once",
    (status) => {
      const ended = { status, endedAt: noon };
      const ladder = { token: "t", sends: [call] };
      const is = withLadder(ladder, ended);
      expect(effectsOf(withLadder(ladder), is)).toEqual([{ kind: "end_ladder", token: "t" }]);
      expect(effectsOf(is, withLadder(ladder, { ...ended, handoff: null }))).toEqual([]);
      expect(effectsOf(is, anAccount())).toEqual([]);
    },
  );

  test("ends a challenge whose task is not known, or that has no ladder, nothing follows", () => {
    expect(effectsOf(withLadder({ token: null }), withLadder({ token: null }, over))).toEqual([]);
    expect(effectsOf(withLadder(null), withLadder(null, over))).toEqual([]);
  });

  test("records a failure after the end, nobody is woken", () => {
    const was = withLadder({ token: "t", sends: [call] }, over);
    const is = withLadder({ token: null, sends: [{ ...call, state: "failed" }] }, over);
    expect(effectsOf(was, is)).toEqual([]);
  });

  test("forgets a challenge that was pending, its execution ends", () => {
    expect(effectsOf(withLadder({ token: "t" }), anAccount())).toEqual([
      { kind: "end_ladder", token: "t" },
    ]);
  });

  test("confirms, removes or replaces a number that was begun, its execution ends", () => {
    const was = anAccount({ phoneEnrolment: aPhoneEnrolment({ ladder: aLadder({ token: "t" }) }) });
    const other = aPhoneEnrolment({ id: phoneId("phone_other"), ladder: aLadder() });
    const ended = { kind: "end_ladder", token: "t" };
    expect(effectsOf(was, anAccount())).toEqual([ended]);
    expect(effectsOf(was, anAccount({ phoneEnrolment: other }))).toEqual([
      { kind: "start_ladder", accountId: "ann", subjectId: "phone_other", run: 1 },
      ended,
    ]);
  });
});

test("an effect carries ids and a token, and nothing else", () => {
  const was = withLadder({ token: "t", sends: [call] });
  const all = [
    ...effectsOf(withLadder(null), withLadder({})),
    ...effectsOf(was, withLadder({ token: null, sends: [call, sms] })),
    ...effectsOf(was, anAccount()),
  ];
  expect(new Set(all.flatMap((effect) => Object.keys(effect)))).toEqual(
    new Set(["kind", "accountId", "subjectId", "run", "token", "callsOver"]),
  );
});
