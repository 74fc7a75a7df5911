import { withSessionBegun, type Account, type Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import type { OpenOutcome } from "../challenge/open-challenge.ts";
import { openWithPrompt, type NewPromptedChallenge } from "../telegram/open-with-prompt.ts";
import { isOfThisEpoch, type Session } from "./session.ts";

/** A password that was right, with the stored hash that it matched. */
export type RightPassword = {
  readonly email: string;
  readonly verifiedHash: string;
  /** The account's epoch when it was read. Under another epoch this sign-in is over. */
  readonly epoch: number;
  /** The same password hashed with today's parameters, if `verifiedHash` was made with others. */
  readonly rehashed: string | undefined;
};

/** Values for the session, see `Session`. */
export type Proved = { readonly epoch: number; readonly proof: number };

export type FirstStepOutcome =
  | OpenOutcome
  | ({ readonly kind: "signed_in" } & Proved)
  | { readonly kind: "invalid_credentials" }
  /** All sign-ins under way were ended after the password was checked. */
  | { readonly kind: "ended" };

/**
 * Decides what a right password leads to: a session, or only a challenge. The caller has checked the password outside
 * the decision, since hashing takes long. It counts only if the mail and the hash are still the account's.
 */
export function passFirstStep(
  account: Account,
  password: RightPassword,
  asked: NewPromptedChallenge,
  context: Context,
): Decision<FirstStepOutcome> {
  if (!stillRight(account, password)) {
    return { account, outcome: { kind: "invalid_credentials" } };
  }
  if (account.epoch !== password.epoch) return { account, outcome: { kind: "ended" } };
  const kept = keepRehashed(account, password);
  if (secondStepIsOn(kept)) return openWithPrompt(kept, asked, context);
  return {
    account: withSessionBegun(
      noteActivity(kept, "signed_in", asked.client, context, { method: "password" }),
      context,
    ),
    outcome: { kind: "signed_in", epoch: account.epoch, proof: account.activity.noted + 1 },
  };
}

export type ReauthenticationOutcome =
  | OpenOutcome
  | ({ readonly kind: "reauthenticated" } & Proved)
  | { readonly kind: "invalid_credentials" }
  | { readonly kind: "unauthenticated" };

/** Decides what a right password leads to at a reauthentication: a renewed session, or only a challenge. */
export function passReauthentication(
  account: Account,
  password: RightPassword,
  session: Pick<Session, "id" | "epoch">,
  asked: NewPromptedChallenge,
  context: Context,
): Decision<ReauthenticationOutcome> {
  if (!isOfThisEpoch(account, session)) return { account, outcome: { kind: "unauthenticated" } };
  if (!stillRight(account, password)) {
    return { account, outcome: { kind: "invalid_credentials" } };
  }
  const kept = keepRehashed(account, password);
  if (secondStepIsOn(kept)) {
    return openWithPrompt(kept, { ...asked, sessionId: session.id }, context);
  }
  return {
    account: noteActivity(kept, "reauthenticated", asked.client, context, { method: "password" }),
    outcome: {
      kind: "reauthenticated",
      epoch: session.epoch,
      proof: account.activity.noted + 1,
    },
  };
}

export type OwnReauthenticationOutcome =
  | OpenOutcome
  | { readonly kind: "unauthenticated" }
  /** The person has a password of ours, and must give it. */
  | { readonly kind: "password_required" }
  /** There is nothing here to prove: the host checks the only step there is. */
  | { readonly kind: "host_session_required" };

/** Decides a reauthentication without a password, for an account that has none: by the second step alone. */
export function openReauthentication(
  account: Account,
  session: Pick<Session, "id" | "epoch">,
  asked: NewPromptedChallenge,
  context: Context,
): Decision<OwnReauthenticationOutcome> {
  if (!isOfThisEpoch(account, session)) return { account, outcome: { kind: "unauthenticated" } };
  if (account.password !== null) return { account, outcome: { kind: "password_required" } };
  return secondStepIsOn(account)
    ? openWithPrompt(account, { ...asked, sessionId: session.id }, context)
    : { account, outcome: { kind: "host_session_required" } };
}

const stillRight = (account: Account, { email, verifiedHash }: RightPassword) =>
  account.email === email && account.password === verifiedHash;

const keepRehashed = (account: Account, { rehashed }: RightPassword): Account =>
  rehashed === undefined ? account : { ...account, password: rehashed };
