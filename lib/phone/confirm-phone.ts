import type { Account, Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { Instant, PhoneId, SessionId } from "../account/ids.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { guessPause, refundGuess, wrongGuess } from "../guard/guesses.ts";
import type { GuessRecord } from "../account/guesses.ts";
import { noteWhatIsOff } from "../guard/note-what-is-off.ts";
import { pauseSeconds } from "../guard/pause.ts";
import { judgeCode, channelOfCode } from "./fallback/judge-code.ts";
import type { AskCarrier } from "../challenge/verdict.ts";
import type { PhoneEnrolment } from "../account/phone.ts";

export type ConfirmPhone = {
  readonly id: PhoneId;
  readonly code: string;
  readonly codeKeys: KeyRing;
  readonly sessionId: SessionId;
  readonly client: Client;
};

export type ConfirmPhoneOutcome =
  | { readonly kind: "confirmed" }
  | { readonly kind: "wrong_code"; readonly attemptsLeft: number }
  | AskCarrier
  | { readonly kind: "paused"; readonly until: Instant }
  | { readonly kind: "method_unavailable" }
  | { readonly kind: "code_unavailable" }
  | { readonly kind: "second_step_required" }
  | { readonly kind: "enrolment_expired" }
  | { readonly kind: "not_found" };

/**
 * Confirms a number by the code that was sent to it. It records guesses as at sign-in: somebody who could guess the
 * code would have a number that is not theirs called at every sign-in.
 */
export function confirmPhone(
  account: Account,
  input: ConfirmPhone,
  context: Context,
): Decision<ConfirmPhoneOutcome> {
  const enrolment = account.phoneEnrolment;
  const refused = refuse(account, enrolment, input, context);
  if (refused || !enrolment) return { account, outcome: refused ?? { kind: "not_found" } };

  const verdict = judgeCode(enrolment.fallback, enrolment.id, input.code, input.codeKeys, context);
  switch (verdict.kind) {
    case "unavailable":
      return { account, outcome: { kind: "method_unavailable" } };
    case "code_unavailable":
      return { account, outcome: verdict };
    case "wrong":
      return refuseCode(recordGuess(account, enrolment, input, context), input.client, context);
    case "ask_carrier":
      return { account: recordGuess(account, enrolment, input, context), outcome: verdict };
    case "right":
      return confirm(account, enrolment, input, context);
  }
}

/** Decides by what the carrier said of a code. The guess was recorded before the carrier was asked. */
export function resolveCheckedPhone(
  account: Account,
  input: ConfirmPhone,
  right: boolean,
  context: Context,
): Decision<ConfirmPhoneOutcome> {
  const enrolment = account.phoneEnrolment;
  if (enrolment?.id !== input.id) return { account, outcome: { kind: "not_found" } };
  if (!right) return refuseCode(account, input.client, context);
  if (!secondStepIsOn(account)) return { account, outcome: { kind: "second_step_required" } };
  const forgiven = { ...account, guesses: forgive(account.guesses, context) };
  return confirm(forgiven, enrolment, input, context);
}

/** The record without the guess that turned out right, and without the pause that only this guess caused. */
const forgive = (recorded: GuessRecord, { limits }: Context): GuessRecord => {
  const consecutiveWrong = Math.max(0, recorded.consecutiveWrong - 1);
  const paused = pauseSeconds(consecutiveWrong, limits.guesses) > 0;
  return {
    ...refundGuess(recorded),
    consecutiveWrong,
    pausedUntil: paused ? recorded.pausedUntil : 0,
  };
};

const refuse = (
  account: Account,
  enrolment: PhoneEnrolment | null,
  { id, code }: ConfirmPhone,
  context: Context,
): ConfirmPhoneOutcome | undefined => {
  if (enrolment?.id !== id) return { kind: "not_found" };
  if (context.now >= enrolment.expiresAt) return { kind: "enrolment_expired" };
  if (!secondStepIsOn(account)) return { kind: "second_step_required" };
  const until = guessPause(account.guesses, channelOfCode(code), context);
  if (until !== undefined) return { kind: "paused", until };
  return enrolment.wrongGuesses >= context.limits.challenge.guesses
    ? { kind: "not_found" }
    : undefined;
};

const recordGuess = (
  account: Account,
  enrolment: PhoneEnrolment,
  { code }: ConfirmPhone,
  context: Context,
): Account => ({
  ...account,
  guesses: wrongGuess(account.guesses, channelOfCode(code), context),
  phoneEnrolment: { ...enrolment, wrongGuesses: enrolment.wrongGuesses + 1 },
});

/** Refuses a wrong code. The last one removes the enrolment. */
const refuseCode = (
  recorded: Account,
  client: Client,
  context: Context,
): Decision<ConfirmPhoneOutcome> => {
  const wrong = recorded.phoneEnrolment?.wrongGuesses ?? 0;
  const attemptsLeft = Math.max(0, context.limits.challenge.guesses - wrong);
  const noted = noteWhatIsOff(recorded, client, context);
  return {
    account: attemptsLeft === 0 ? { ...noted, phoneEnrolment: null } : noted,
    outcome: { kind: "wrong_code", attemptsLeft },
  };
};

const confirm = (
  account: Account,
  { id, number, country, masked, takesSms }: PhoneEnrolment,
  { sessionId, client }: ConfirmPhone,
  context: Context,
): Decision<ConfirmPhoneOutcome> => {
  const others = account.phones.filter((one) => one.number !== number);
  const added = {
    ...account,
    phoneEnrolment: null,
    phones: [...others, { id, number, country, masked, takesSms, confirmedAt: context.now }],
  };
  return {
    account: changedSecurity(added, "phone_added", { sessionId, client }, context),
    outcome: { kind: "confirmed" },
  };
};
