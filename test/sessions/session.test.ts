import { describe, expect, test } from "vitest";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { endsAt, holdsSession, isFresh, isLive } from "../../lib/sessions/session.ts";
import { setPassword } from "../../lib/sessions/set-password.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { accountId, sessionId } from "../support/ids.ts";
import { recoveryCodesOf } from "../support/recovery-codes.ts";
import { aSession } from "../support/session.ts";
import { context, hour, minute, noon } from "../support/time.ts";

const client = aClient();

describe("a session is live", () => {
  const live = (given: Parameters<typeof aSession>[0], now: number, account = anAccount()) =>
    isLive(aSession(given), account, context(now));

  test("until it was idle for 30 minutes", () => {
    expect(live({}, noon + 30 * minute - 1)).toBe(true);
    expect(live({}, noon + 30 * minute)).toBe(false);
    expect(live({ lastSeenAt: noon + 5 * minute }, noon + 35 * minute - 1)).toBe(true);
  });

  test("until it is 12 hours old, however much it was used and proved again", () => {
    const used = { lastSeenAt: noon + 12 * hour - 1, authenticatedAt: noon + 12 * hour - 1 };
    expect(live(used, noon + 12 * hour - 1)).toBe(true);
    expect(live(used, noon + 12 * hour)).toBe(false);
    expect(endsAt(aSession(), 12 * 3600)).toBe(noon + 12 * hour);
  });

  test("until it is revoked", () => {
    expect(live({ revokedAt: noon }, noon)).toBe(false);
    expect(live({ revokedAt: 0 }, noon)).toBe(false);
  });

  test("for its own account", () => {
    expect(live({ accountId: accountId("bob") }, noon)).toBe(false);
  });

  test("in its account's epoch, or as the keptSessionId of the last one that ended", () => {
    const later = anAccount({ epoch: 3, keptSessionId: sessionId("keptSessionId") });
    expect(live({ epoch: 3 }, noon, later)).toBe(true);
    for (const epoch of [1, 2, 4]) expect(live({ epoch }, noon, later)).toBe(false);
    expect(live({ epoch: 1, id: sessionId("keptSessionId") }, noon, later)).toBe(true);
    expect(live({ epoch: 1, id: sessionId("keptSessionId"), revokedAt: 1 }, noon, later)).toBe(
      false,
    );
  });
});

test("the keptSessionId of one reset does not survive the next, unless it caused it", () => {
  const first = aSession({ id: sessionId("first") });
  const other = aSession({ id: sessionId("other"), epoch: 2 });
  const end = (account: ReturnType<typeof anAccount>, session: typeof first) =>
    endSessions(account, { sessionId: session.id, client }, context(noon)).account;
  const live = (account: ReturnType<typeof anAccount>) =>
    [first, other].map((session) => isLive(session, account, context(noon)));

  const once = end(anAccount(), first);
  expect(live(once)).toEqual([true, true]);
  expect(live(end(once, first))).toEqual([true, false]);
  expect(live(end(once, other))).toEqual([false, true]);
  expect(live(resetAccount(once, client, context(noon)).account)).toEqual([false, false]);
});

test("a session is fresh for ten minutes after its last full authentication", () => {
  const fresh = (now: number) =>
    isFresh(aSession({ authenticatedAt: noon, lastSeenAt: now }), context(now));
  expect(fresh(noon + 10 * minute - 1)).toBe(true);
  expect(fresh(noon + 10 * minute)).toBe(false);
});

test("a session is held by its secret alone", () => {
  expect(holdsSession(aSession(), "secret of the session")).toBe(true);
  for (const secret of ["", "Secret of the session", aSession().secretHash]) {
    expect(holdsSession(aSession(), secret)).toBe(false);
  }
});

test("a new password ends every session but the one that set it, and every sign-in", () => {
  const before = anAccount({ password: "old", challenges: [aChallenge()] });
  const set = (session: ReturnType<typeof sessionId> | null) =>
    setPassword(before, { hash: "new", sessionId: session, client }, context(noon));
  expect(set(sessionId("mine")).account).toMatchObject({
    password: "new",
    epoch: 2,
    keptSessionId: "mine",
    challenges: [{ status: "cancelled" }],
    activity: { changes: [{ event: "password_changed" }] },
  });
  expect(set(null).account).toMatchObject({ password: "new", epoch: 2, keptSessionId: null });
});

test("a reset by the host takes all factors, ends everything, forgives guesses, keeps the rest", () => {
  const before = anAccount({
    password: "kept",
    locale: "uk",
    epoch: 7,
    keptSessionId: sessionId("mine"),
    authenticators: [anAuthenticator()],
    recoveryCodes: recoveryCodesOf("00000-00000"),
    challenges: [aChallenge({ epoch: 7 })],
    challengesOpenedAt: { sign_in: [noon], reauthentication: [], host: [] },
    guesses: {
      consecutiveWrong: 100,
      pausedUntil: noon + hour,
      recoveryWrongAt: [noon],
      callWrongAt: [],
      wrongAt: [noon],
    },
  });
  const { account, outcome } = resetAccount(before, client, context(noon));
  expect(outcome).toEqual({ kind: "reset" });
  expect(account).toEqual({
    ...before,
    epoch: 8,
    keptSessionId: null,
    authenticators: [],
    recoveryCodes: null,
    challenges: [aChallenge({ epoch: 7, status: "cancelled", endedAt: noon })],
    guesses: {
      consecutiveWrong: 0,
      pausedUntil: 0,
      recoveryWrongAt: [],
      callWrongAt: [],
      wrongAt: [],
    },
    activity: {
      noted: 1,
      signIns: [],
      changes: [{ ...client, at: noon, event: "reset_by_host", n: 1 }],
    },
  });
});
