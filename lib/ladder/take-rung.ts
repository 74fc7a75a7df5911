import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import type { Instant } from "../account/ids.ts";
import { hashToken } from "../crypto/token.ts";
import {
  nextRung,
  replaceSend,
  withRequested,
  type Ladder,
  type Send,
  type Via,
} from "./ladder.ts";
import { findSubject, replaceLadder, type SubjectId } from "./subject.ts";

/** A task of the state machine that asks what to do. */
export type Task = {
  readonly subjectId: SubjectId;
  readonly via: Via;
  /** Its task token: whoever sends it back moves the ladder. */
  readonly token: string;
};

export type TakeOutcome =
  /** Place this one. `again`: this very task was at it before and broke off; it may have gone out. */
  | {
      readonly kind: "place";
      readonly send: Send;
      readonly ladder: Ladder;
      readonly again: boolean;
    }
  /** Nothing to do but wait for news: it has gone out already. */
  | { readonly kind: "wait" }
  /** Calls have had their turn. */
  | { readonly kind: "calls_over" }
  /** The challenge is over, or no way is left. */
  | { readonly kind: "over" };

/**
 * What a task of the state machine does. It can come late, twice, or for a challenge that is long over; the account
 * knows. The rung is claimed in the save, so two tasks never place the same call.
 */
export function takeRung(account: Account, task: Task, context: Context): Decision<TakeOutcome> {
  const subject = findSubject(account, task.subjectId, context.now);
  if (!subject?.ladder || subject.over) return { account, outcome: { kind: "over" } };
  const { ladder } = subject;
  const claimedBy = hashToken(task.token);

  const own = ladder.sends.find((send) => send.claimedBy === claimedBy);
  if (own) {
    const broken = own.state === "placing";
    return {
      account,
      outcome: broken ? { kind: "place", send: own, ladder, again: true } : { kind: "wait" },
    };
  }
  if (task.via === "call" && ladder.sends.some(({ via }) => via === "sms")) {
    return { account, outcome: { kind: "calls_over" } };
  }
  const due = dueRung(account, ladder, task.via, context);
  switch (due.kind) {
    case "none":
      return { account, outcome: { kind: "over" } };
    case "not_yet":
      return {
        account: replaceLadder(account, task.subjectId, { ...ladder, token: task.token }),
        outcome: { kind: "wait" },
      };
    case "due": {
      if (due.send.via !== task.via) return { account, outcome: { kind: "calls_over" } };
      const send: Send = { ...due.send, state: "placing", at: context.now, claimedBy };
      const claimed = { ...replaceSend(due.ladder, send), token: task.token };
      return {
        account: replaceLadder(account, task.subjectId, claimed),
        outcome: { kind: "place", send, ladder: claimed, again: false },
      };
    }
  }
}

/** The state machine has gone on to SMS: no call comes any more, asked for or not. */
const callsHadTheirTurn = (ladder: Ladder): Ladder => ({
  ...ladder,
  callsOff: true,
  sends: ladder.sends.filter(({ via, state }) => via === "sms" || state !== "requested"),
});

type Due =
  | { readonly kind: "due"; readonly send: Send; readonly ladder: Ladder }
  | { readonly kind: "not_yet" }
  | { readonly kind: "none" };

/**
 * When the next rung may come without anybody asking. A task waits its gap out, but what became of its send is kept up
 * to a function's ten seconds after it began; anything sooner is a second execution that came to look.
 */
const comesByItselfAt = ({ via, state, at }: Send, { limits }: Context): Instant => {
  const { callGapSeconds, smsGapSeconds } = limits.ladder;
  if (state === "failed") return at;
  return at + ((via === "sms" ? smsGapSeconds : callGapSeconds) - 10) * 1000;
};

/** The rung that somebody asked for, or the next one where its time has come by itself. */
const dueRung = (account: Account, given: Ladder, via: Via, context: Context): Due => {
  const asked = given.sends.at(-1)?.state === "requested";
  const ladder = via === "sms" ? callsHadTheirTurn(given) : given;
  const last = ladder.sends.at(-1);
  if (last?.state === "requested") return { kind: "due", send: last, ladder };
  const next = nextRung(account, ladder, context);
  if (!next) return { kind: "none" };
  const dueAt = last && !asked ? comesByItselfAt(last, context) : next.availableAt;
  if (dueAt > context.now) return { kind: "not_yet" };
  const grown = withRequested(ladder, next.via, context.now);
  const send = grown.sends.at(-1);
  return send ? { kind: "due", send, ladder: grown } : { kind: "none" };
};
