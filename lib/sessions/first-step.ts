import { withSessionBegun, type Account, type Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import { noteActivity } from "../account/note-activity.ts";
import type { Decision } from "../account/decision.ts";
import type { OpenOutcome } from "../challenge/open-challenge.ts";
import { openWithPrompt, type NewPromptedChallenge } from "../telegram/open-with-prompt.ts";
import { isOfThisEpoch, type Session } from "./session.ts";

/** A password that was found right, with the hash that it was right for. */
export type RightPassword = {
  readonly email: string;
  readonly verifiedHash: string;
  /** Of the account when it was read: under another one this sign-in is over. */
  readonly epoch: number;
  /** The same password hashed with today's parameters, where `verifiedHash` was made with others. */
  readonly rehashed: string | undefined;
};

/** What the session carries on: see `Session`. */
export type Proved = { readonly epoch: number; readonly proof: number };

export type FirstStepOutcome =
  | OpenOutcome
  | ({ readonly kind: "signed_in" } & Proved)
  | { readonly kind: "invalid_credentials" }
  /** All sign-ins under way were ended since the password was found right. */
  | { readonly kind: "ended" };

/**
 * What a right password leads to: a session, or only a challenge. The password was checked outside, since hashing
 * takes long; here it counts only if it is still the account's.
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

/** The same for somebody who is signed in already and proves it again. */
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

const stillRight = (account: Account, { email, verifiedHash }: RightPassword) =>
  account.email === email && account.password === verifiedHash;

const keepRehashed = (account: Account, { rehashed }: RightPassword): Account =>
  rehashed === undefined ? account : { ...account, password: rehashed };
