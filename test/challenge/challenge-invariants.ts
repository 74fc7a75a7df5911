import { expect } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import type { ChallengeId, Instant } from "../../lib/account/ids.ts";
import type { AnswerOutcome } from "../../lib/challenge/answer-challenge.ts";
import { kindOf, statusAt, type ChallengeStatus } from "../../lib/account/challenge.ts";
import type { Limits } from "../../lib/settings/limits.ts";
import { hour, minute } from "../support/time.ts";

/** What one command did. */
export type Step = {
  readonly before: Account;
  readonly after: Account;
  readonly now: Instant;
  readonly reset: boolean;
  readonly answered?: { readonly id: ChallengeId; readonly outcome: AnswerOutcome };
};

/**
 * Watches an account and holds what it sees against requirements 2 to 6, one by one. It knows nothing of the model and
 * of how decisions are made.
 */
export const watchInvariants = (limits: Limits): ((step: Step) => void) => {
  const statuses = new Map<ChallengeId, ChallengeStatus>();
  const openedAt = new Map<ChallengeId, Instant>();
  const epochs = new Map<ChallengeId, number>();
  const wrong = new Map<ChallengeId, number>();
  const completed = new Set<ChallengeId>();
  const lastSteps = new Map<string, number>();

  const challenges = ({ after, now }: Step) => {
    for (const one of after.challenges) {
      const status = statusAt(one, now);
      const earlier = statuses.get(one.id) ?? "pending";
      if (earlier !== "pending") expect(status, "a terminal state never changes").toBe(earlier);
      if (!epochs.has(one.id)) {
        epochs.set(one.id, one.epoch);
        openedAt.set(one.id, now);
      }
      const age = now - (openedAt.get(one.id) ?? now);
      if (age >= 10 * minute) expect(status, "none is open after ten minutes").not.toBe("pending");
      statuses.set(one.id, status);
    }
    for (const kind of ["sign_in", "reauthentication", "host"] as const) {
      const open = after.challenges.filter(
        (one) => kindOf(one) === kind && statusAt(one, now) === "pending",
      );
      expect(open.length, "at most three of a kind are open").toBeLessThanOrEqual(
        limits.challenge.open,
      );
    }
    const inHour = [...openedAt.values()].filter((time) => now - time < hour);
    const { perHour, reauthenticationsPerHour } = limits.challenge;
    expect(inHour.length, "an hour has fifteen of each").toBeLessThanOrEqual(
      perHour + reauthenticationsPerHour,
    );
  };

  const answers = ({ before, after, now, answered }: Step) => {
    if (!answered) return;
    const { id, outcome } = answered;
    if (outcome.kind === "wrong_code") {
      wrong.set(id, (wrong.get(id) ?? 0) + 1);
      expect(wrong.get(id), "five wrong guesses a challenge").toBeLessThanOrEqual(5);
      expect(after.guesses.consecutiveWrong, "each is charged").toBe(
        before.guesses.consecutiveWrong + 1,
      );
    } else if (outcome.kind === "completed") {
      expect(completed.has(id), "a challenge completes once").toBe(false);
      completed.add(id);
      expect(epochs.get(id), "none completes under a moved epoch").toBe(before.epoch);
      const paused = before.guesses.pausedUntil > now;
      const byRecoveryCode = outcome.completion.method === "recovery_code";
      expect(paused && !byRecoveryCode, "a right code is refused while paused").toBe(false);
    } else {
      expect(after, `${outcome.kind} changes nothing`).toBe(before);
    }
  };

  const account = ({ before, after, reset, answered }: Step) => {
    expect(after.epoch, "the epoch only rises").toBeGreaterThanOrEqual(before.epoch);
    const forgiven = reset || answered?.outcome.kind === "completed";
    if (!forgiven) {
      expect(
        after.guesses.consecutiveWrong,
        "only success lowers a counter",
      ).toBeGreaterThanOrEqual(before.guesses.consecutiveWrong);
      expect(after.guesses.pausedUntil, "only success ends a pause").toBeGreaterThanOrEqual(
        before.guesses.pausedUntil,
      );
    }
    if (!reset) {
      expect(after.guesses.recoveryWrongAt.length, "a day is not forgiven").toBeGreaterThanOrEqual(
        before.guesses.recoveryWrongAt.length,
      );
    }
    for (const { id, lastStep } of after.authenticators) {
      expect(lastStep, "steps only go forwards").toBeGreaterThanOrEqual(lastSteps.get(id) ?? 0);
      lastSteps.set(id, lastStep);
    }
  };

  return (step) => {
    challenges(step);
    answers(step);
    account(step);
  };
};
