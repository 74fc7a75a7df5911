import type { Account, Context } from "../account/account.ts";
import type { Decision } from "../account/decision.ts";
import { findSubject, replaceLadder, type SubjectId } from "./subject.ts";

/** A token turned out to be dead: another execution is to look what is due. */
export function restartLadder(
  account: Account,
  subjectId: SubjectId,
  { now }: Context,
): Decision<{ readonly kind: "restart"; readonly run: number } | { readonly kind: "over" }> {
  const subject = findSubject(account, subjectId, now);
  if (!subject?.ladder || subject.over) return { account, outcome: { kind: "over" } };
  const run = subject.ladder.runs + 1;
  return {
    account: replaceLadder(account, subjectId, { ...subject.ladder, runs: run }),
    outcome: { kind: "restart", run },
  };
}

/** No execution could be started: what was asked for is taken back, so that it can be asked for again. */
export function withdrawRequest(
  account: Account,
  subjectId: SubjectId,
  { now }: Context,
): Decision<undefined> {
  const ladder = findSubject(account, subjectId, now)?.ladder;
  if (!ladder) return { account, outcome: undefined };
  const sends = ladder.sends.filter((send) => send.state !== "requested");
  return { account: replaceLadder(account, subjectId, { ...ladder, sends }), outcome: undefined };
}
