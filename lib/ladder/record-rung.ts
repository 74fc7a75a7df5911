import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import { replaceSend, type Ladder, type Send, type SendCode } from "./ladder.ts";
import { findSubject, replaceLadder, type SubjectId } from "./subject.ts";

/** What became of a rung. */
export type RungResult =
  | {
      readonly kind: "placed";
      readonly carrier: string;
      /** What the carrier calls it; null where only our own id is known. */
      readonly reference: string | null;
      readonly code: SendCode;
    }
  /** Nobody knows whether it went out. */
  | { readonly kind: "unknown"; readonly carrier: string }
  /** It did not reach the phone; the next rung comes at once. */
  | { readonly kind: "failed" }
  /** This kind of rung cannot work now: no carrier takes it, its budget is spent, SNS refuses. */
  | { readonly kind: "off" };

/** Keeps what became of a rung, also when the challenge ended while it was on its way. */
export function recordRung(
  account: Account,
  { subjectId, n, result }: RungRecord,
  { now }: Context,
): Decision<{ readonly kind: "recorded" } | { readonly kind: "forgotten" }> {
  const ladder = findSubject(account, subjectId, now)?.ladder;
  const send = ladder?.sends.find((one) => one.n === n);
  if (!ladder || !send) return { account, outcome: { kind: "forgotten" } };
  // Another run of the same task has told what became of it: a run that broke off knows less.
  if (result.kind === "unknown" && send.state !== "placing") {
    return { account, outcome: { kind: "recorded" } };
  }
  return {
    account: replaceLadder(account, subjectId, after(ladder, send, result, now)),
    outcome: { kind: "recorded" },
  };
}

export type RungRecord = {
  readonly subjectId: SubjectId;
  readonly n: number;
  readonly result: RungResult;
};

const after = (ladder: Ladder, send: Send, result: RungResult, now: number): Ladder => {
  switch (result.kind) {
    case "placed": {
      const { carrier, reference, code } = result;
      return replaceSend(ladder, { ...send, state: "placed", at: now, carrier, reference, code });
    }
    case "unknown":
      return replaceSend(ladder, { ...send, state: "unknown", at: now, carrier: result.carrier });
    case "failed":
      return fail(ladder, send, now);
    case "off": {
      const failed = fail(ladder, send, now);
      return send.via === "call" ? { ...failed, callsOff: true } : { ...failed, smsOff: true };
    }
  }
};

/**
 * Takes the token too: sending it back is what makes the next rung come. Where a later one has been asked for already,
 * the token is of the task that is at that one.
 */
const fail = (ladder: Ladder, send: Send, now: number): Ladder => ({
  ...replaceSend(ladder, { ...send, state: "failed", at: now }),
  token: ladder.sends.at(-1)?.n === send.n ? null : ladder.token,
});

/** A carrier says later that its call did not reach the phone. */
export function markFailed(
  account: Account,
  { subjectId, reference }: { readonly subjectId: SubjectId; readonly reference: string },
  { now }: Context,
): Decision<{ readonly kind: "moved" } | { readonly kind: "stale" }> {
  const subject = findSubject(account, subjectId, now);
  const last = subject?.ladder?.sends.at(-1);
  if (
    !subject?.ladder ||
    subject.over ||
    last?.reference !== reference ||
    last.state !== "placed"
  ) {
    return { account, outcome: { kind: "stale" } };
  }
  return {
    account: replaceLadder(account, subjectId, fail(subject.ladder, last, now)),
    outcome: { kind: "moved" },
  };
}
