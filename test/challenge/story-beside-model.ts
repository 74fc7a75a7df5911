import { expect } from "vitest";
import type { ChallengeId } from "../../lib/account/ids.ts";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import type { AnswerOutcome } from "../../lib/challenge/answer-challenge.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { confirmTotp } from "../../lib/totp/confirm-totp.ts";
import { enrolTotp } from "../../lib/totp/enrol-totp.ts";
import { replaceRecoveryCodes } from "../../lib/recovery-codes/recovery-codes.ts";
import { removeTotp } from "../../lib/totp/remove-totp.ts";
import type { Limits } from "../../lib/settings/limits.ts";
import { endSessions } from "../../lib/sessions/end-sessions.ts";
import { aClient, anAccount } from "../support/account.ts";
import { codeAt, sealed, stepAt, totpKeys } from "../support/authenticator.ts";
import { authenticatorId, challengeId, sessionId } from "../support/ids.ts";
import { hashOf } from "../support/recovery-codes.ts";
import { aStory } from "../support/story.ts";
import { watchInvariants } from "./challenge-invariants.ts";
import {
  answerIn,
  newModel,
  openIn,
  raiseEpochIn,
  statusIn,
  type Expected,
} from "./challenge-model.ts";

const client = aClient();
const input = { sessionId: sessionId("mine"), client };

/** Does one thing after the other to an account and to the model, and holds the one against the other each time. */
export const aStoryBesideModel = (limits: Limits) => {
  const story = aStory(anAccount(), limits);
  const watch = watchInvariants(limits);
  const model = newModel();
  const met = new Set<AnswerOutcome["kind"] | "too_many_challenges">();
  /** Every recovery code that there ever was, oldest first. */
  const codes: string[] = [];
  let [apps, before] = [0, story.account()];

  const look = (more: Partial<Parameters<typeof watch>[0]> = {}) => {
    watch({ before, after: story.account(), now: story.now(), reset: false, ...more });
    before = story.account();
    expect(before.epoch).toBe(model.epoch);
  };

  return {
    model,
    met,
    codes,
    now: story.now,
    wait: (milliseconds: number) => {
      story.wait(milliseconds);
      look();
    },
    enable: () => {
      const name = `app-${(apps += 1)}`;
      const begun = { id: authenticatorId(name), name, secret: sealed(name) };
      const code = codeAt(story.now(), { name });
      story.decide((one, now) => enrolTotp(one, begun, now));
      story.decide((one, now) => confirmTotp(one, { ...input, id: begun.id, code, totpKeys }, now));
      const first = stepAt(story.now());
      model.apps.set(name, { last: first, spent: new Set([first]) });
      raiseEpochIn(model, story.now());
      look();
    },
    remove: (name: string) => {
      const id = authenticatorId(name);
      story.decide((one, now) => removeTotp(one, { ...input, id }, now));
      model.apps.delete(name);
      raiseEpochIn(model, story.now());
      look();
    },
    replaceCodes: () => {
      const fresh = [1, 2, 3].map((n) => `code ${codes.length + n}`);
      const hashes = fresh.map((code) => hashOf(code));
      story.decide((one, now) => replaceRecoveryCodes(one, { ...input, hashes }, now));
      codes.push(...fresh);
      [model.left, model.used] = [new Set(fresh), new Set()];
      raiseEpochIn(model, story.now());
      look();
    },
    endSessions: () => {
      story.decide((one, now) => endSessions(one, input, now));
      raiseEpochIn(model, story.now());
      look();
    },
    reset: () => {
      story.decide((one, now) => resetAccount(one, client, now));
      model.apps.clear();
      [model.left, model.used] = [new Set(), new Set()];
      [model.run, model.pausedUntil, model.recoveryWrongAt] = [0, 0, []];
      raiseEpochIn(model, story.now());
      look({ reset: true });
    },
    open: (again: boolean) => {
      const outcome = story.tryToOpen(again ? input.sessionId : undefined);
      const opened = outcome.kind === "second_step";
      if (!opened) met.add(outcome.kind);
      const id = opened ? outcome.challenge.id : challengeId("refused");
      expect(opened).toBe(openIn(model, id, again ? "again" : "sign_in", story.now(), limits));
      look();
    },
    cancel: (id: ChallengeId) => {
      story.decide((one, now) => cancelChallenge(one, id, client, now));
      const challenge = model.challenges.get(id);
      const pending = statusIn(model, id, story.now()) === "pending";
      if (challenge && pending) challenge.status = "cancelled";
      look();
    },
    answer: (method: "totp" | "recovery", id: ChallengeId, code: string) => {
      const kept = before.challenges.some((one) => one.id === id);
      const expected = answerIn(model, id, { method, code }, story.now(), limits);
      const outcome = method === "totp" ? story.totp(id, code) : story.recoveryCode(id, code);
      met.add(outcome.kind);
      if (kept) expect(told(outcome)).toBe(expected);
      else expect([outcome.kind, expected.split(" ")[0]]).toEqual(["no_challenge", "closed"]);
      look({ answered: { id, outcome } });
    },
  };
};

/** An outcome in the model's words. */
const told = (outcome: AnswerOutcome): Expected => {
  switch (outcome.kind) {
    case "closed":
      return `closed ${outcome.as}`;
    case "paused":
      return `paused ${outcome.until}`;
    case "wrong_code":
      return `wrong_code ${outcome.attemptsLeft} ${outcome.clock?.offsetSeconds ?? ""}`;
    case "completed":
    case "code_already_used":
    case "method_unavailable":
    case "no_challenge":
      return outcome.kind;
    case "ask_carrier":
      throw new Error("No carrier knows these codes.");
  }
};
