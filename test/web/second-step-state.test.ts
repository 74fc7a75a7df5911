import { expect, test } from "vitest";
import { afterCode, afterCompletion, afterRequest } from "../../web/second-step/after-answer.ts";
import { afterPoll } from "../../web/second-step/after-poll.ts";
import { screenOf } from "../../web/second-step/focus.ts";
import { phoneViewOf } from "../../web/second-step/phone-state.ts";
import { choose, opened, viewOf } from "../../web/second-step/state.ts";
import { aChallenge, inSeconds, noon, phone, telegram } from "./support/challenge.ts";

const done = (value: ReturnType<typeof aChallenge>) => ({ kind: "done", value }) as const;

test("it opens on the strongest method, or on the one used last, and lists the others", () => {
  expect(viewOf(opened(aChallenge(), undefined))).toEqual({
    kind: "method",
    method: "telegram",
    others: ["totp", "phone", "recoveryCode"],
  });
  expect(viewOf(opened(aChallenge(), "phone"))).toMatchObject({
    method: "phone",
    others: ["telegram", "totp", "recoveryCode"],
  });
});

test("it does not open on Telegram where nobody was asked there", () => {
  const rests = { ...telegram, number: "47", resendAt: inSeconds(600), accounts: [] };
  const challenge = aChallenge({ methods: { telegram: rests, totp: { digits: 6 } } });
  expect(viewOf(opened(challenge, "telegram"))).toMatchObject({
    method: "totp",
    others: ["telegram"],
  });
});

test("a method that goes away gives way to the next, and none left is said", () => {
  const state = choose(opened(aChallenge(), undefined), "phone");
  const without = afterPoll(state, done(aChallenge({ methods: { totp: { digits: 6 } } })));
  expect(viewOf(without)).toMatchObject({ kind: "method", method: "totp" });
  expect(viewOf(afterPoll(state, done(aChallenge({ methods: {} }))))).toEqual({
    kind: "no_method",
  });
});

test("no terminal challenge offers a method", () => {
  for (const status of ["denied", "expired", "locked", "cancelled"] as const) {
    expect(viewOf(opened(aChallenge({ status }), undefined))).toMatchObject({ kind: "ended" });
  }
  expect(viewOf(opened(aChallenge({ status: "approved" }), undefined))).toEqual({
    kind: "finishing",
  });
});

test("a wrong code says what is left and how far the clock is off; the last one locks", () => {
  const state = { ...opened(aChallenge(), "totp"), busy: true };
  const clock = { offsetSeconds: -150, serverTime: inSeconds(0) };
  const wrong = afterCode(state, "totp", { kind: "wrong_code", attemptsLeft: 3, clock }, noon);
  expect(wrong).toMatchObject({
    busy: false,
    challenge: { attemptsLeft: 3 },
    said: { method: "totp", what: { kind: "wrong_code", attemptsLeft: 3, clock } },
  });
  const last = afterCode(state, "totp", { kind: "wrong_code", attemptsLeft: 0 }, noon);
  expect(viewOf(last)).toEqual({ kind: "ended", ending: "locked" });
});

test("a pause ends by the service's time, and leaves the other ways open", () => {
  const state = opened(aChallenge(), "totp");
  const paused = afterCode(state, "totp", { kind: "too_many_attempts", retryAfter: 30 }, noon);
  expect(paused.said?.what).toEqual({ kind: "paused", until: noon + 30_000 });
  expect(viewOf(paused)).toMatchObject({ kind: "method", method: "totp" });
  expect(choose(paused, "telegram").said).toBeUndefined();
});

test.each([
  ["challenge_denied", "denied"],
  ["challenge_expired", "expired"],
  ["challenge_locked", "locked"],
  ["unauthenticated", "signed_out"],
] as const)("%s ends in its own words", (kind, ending) => {
  const state = opened(aChallenge(), "totp");
  expect(viewOf(afterCode(state, "totp", { kind }, noon))).toEqual({ kind: "ended", ending });
});

test("that the service is back is worth a word only after it was away", () => {
  const state = opened(aChallenge(), "totp");
  expect(afterPoll(state, done(aChallenge())).connection).toBe("up");
  const away = afterPoll(state, { kind: "unreachable" });
  expect(away.connection).toBe("unreachable");
  expect(afterPoll(away, { kind: "unavailable" }).connection).toBe("unavailable");
  expect(afterPoll(away, done(aChallenge())).connection).toBe("back");
});

test("a newer challenge of this browser takes the place of the one shown; of another purpose it ends it", () => {
  const state = opened(aChallenge(), "totp");
  const newer = aChallenge({ id: "chal_2" });
  expect(afterPoll(state, done(newer))).toMatchObject({ challenge: newer, said: undefined });
  const other = aChallenge({ id: "chal_2", purpose: "reauthentication" });
  expect(afterPoll(state, done(other)).phase).toEqual({ kind: "looking", otherwise: "elsewhere" });
});

test("a phone is picked, then called; the fallback moves without moving the person", () => {
  const sent = (via: "call" | "sms", seconds: number) => ({
    ...phone,
    sent: {
      numberId: "phone_2",
      via,
      state: "sent" as const,
      attempt: 1,
      digits: via === "call" ? 4 : 6,
      next: { via, availableAt: inSeconds(seconds) },
    },
  });
  const pick = { numberId: undefined, pickingNumber: false };
  expect(phoneViewOf(phone, pick, noon)).toMatchObject({ kind: "pick", picked: "phone_1" });
  expect(phoneViewOf(sent("call", 20), pick, noon)).toMatchObject({
    kind: "sent",
    next: { via: "call", inSeconds: 20 },
  });
  expect(phoneViewOf(sent("call", 20), { ...pick, pickingNumber: true }, noon)).toMatchObject({
    kind: "pick",
    picked: "phone_2",
    next: { inSeconds: 20 },
  });
  const at = (via: "call" | "sms") =>
    screenOf(opened(aChallenge({ methods: { phone: sent(via, 20) } }), undefined));
  expect(at("sms")).toBe(at("call"));
});

test("with no way left there is nothing to ask for, and a code that came still fits", () => {
  const sent = {
    numberId: "phone_1",
    via: "sms",
    state: "sent",
    attempt: 2,
    digits: 6,
    next: null,
  } as const;
  const pick = { numberId: undefined, pickingNumber: true };
  expect(phoneViewOf({ ...phone, sent }, pick, noon)).toMatchObject({
    kind: "sent",
    next: undefined,
  });
});

test("without the service's time nobody is made to wait by a clock that may be wrong", () => {
  const sent = {
    numberId: "phone_1",
    via: "call",
    state: "sent",
    attempt: 1,
    digits: 4,
    next: { via: "call", availableAt: inSeconds(20) },
  } as const;
  const pick = { numberId: undefined, pickingNumber: false };
  expect(phoneViewOf({ ...phone, sent }, pick, undefined)).toMatchObject({
    next: { inSeconds: 0 },
  });
});

test("a call that was asked for shows what the service did", () => {
  const state = { ...opened(aChallenge(), "phone"), busy: true, pickingNumber: true };
  const after = afterRequest(state, "phone", done(aChallenge({ attemptsLeft: 4 })));
  expect(after).toMatchObject({
    busy: false,
    pickingNumber: false,
    challenge: { attemptsLeft: 4 },
  });
  const refused = afterRequest(state, "phone", { kind: "no_way_left" });
  expect(refused).toMatchObject({ busy: false, said: { what: { kind: "no_way_left" } } });
});

test("a challenge that is over has no methods, and every ending is shown without them", () => {
  const endings = {
    denied: "denied",
    expired: "expired",
    locked: "locked",
    cancelled: "elsewhere",
  };
  for (const [status, ending] of Object.entries(endings)) {
    const { account, ...over } = aChallenge({
      status: status as keyof typeof endings,
      methods: {},
    });
    expect(account).toBeDefined();
    expect(viewOf(opened(over, "totp"))).toEqual({ kind: "ended", ending });
    expect(viewOf(afterPoll(opened(aChallenge(), "totp"), done(over)))).toEqual({
      kind: "ended",
      ending,
    });
  }
  const completed = aChallenge({ status: "approved", methods: {} });
  expect(viewOf(opened(completed, "totp"))).toEqual({ kind: "finishing" });
});

test("before another account's session is replaced the person is asked, and a typed code is kept", () => {
  const unanswered = { method: "totp", code: "123456", attemptsLeft: 5, tries: 1 } as const;
  const sent = { ...opened(aChallenge(), "totp"), busy: true, unanswered };
  const told = {
    kind: "session_of_another_account",
    account: { email: "ann@example.com" },
    session: { email: "bob@example.com" },
  } as const;
  const asked = afterCode(sent, "totp", told, noon);
  const question = {
    kind: "another_session",
    account: "ann@example.com",
    session: "bob@example.com",
  };
  expect(viewOf(asked)).toEqual(question);
  expect(screenOf(asked)).toBe("another_session");
  expect(asked).toMatchObject({ busy: false, unanswered });
  const approved = opened(aChallenge({ status: "approved" }), "totp");
  expect(viewOf(afterCompletion(approved, told))).toEqual(question);
});
