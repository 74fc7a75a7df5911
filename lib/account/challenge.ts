import type { Client } from "./client.ts";
import type { ChallengeId, Instant, SessionId } from "./ids.ts";
import type { Fallback } from "./fallback.ts";
import type { TelegramPrompt } from "./prompt.ts";

/** How a session was made: what the person proved last. */
export type Method = "password" | SecondMethod;

/** What answers a challenge. */
export type SecondMethod = "telegram" | "totp" | "call" | "sms" | "recovery_code";

type ChallengePurpose = "sign_in" | "reauthentication";

/** Who asked for a second step: a password, a session that proves itself again, or a host that checked the first step. */
export type ChallengeKind = ChallengePurpose | "host";

export type ChallengeStatus =
  "pending" | "approved" | "denied" | "expired" | "locked" | "cancelled";

/** One second step, bound to one right password and to one browser, which holds the secret. */
export type Challenge = {
  readonly id: ChallengeId;
  readonly purpose: ChallengePurpose;
  readonly secretHash: string;
  /** The account's epoch when the password was right; under another one this challenge cannot complete. */
  readonly epoch: number;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly client: Client;
  /** As last saved; `statusAt` tells the present one. */
  readonly status: ChallengeStatus;
  /** When it was closed; null while it is pending. */
  readonly endedAt: Instant | null;
  readonly wrongGuesses: number;
  /** The session that is being re-authenticated; null at sign-in. */
  readonly sessionId: SessionId | null;
  readonly completion: Completion | null;
  /** What was asked in Telegram; null where nothing was. */
  readonly telegram: TelegramPrompt | null;
  /** The calls and SMS of this challenge; null before the first is asked for. */
  readonly fallback: Fallback | null;
  /** Where a host has checked the first step; null where the password was given here. */
  readonly handoff: Handoff | null;
};

/** How a challenge that a host opened comes into the person's browser, and where it goes from there. */
export type Handoff = {
  /** Hash of the token in the challenge's URL. */
  readonly tokenHash: string;
  /** The browser that took it; null: none did yet. */
  readonly taken: Taken | null;
  readonly returnTo: string | null;
  /** The session of another account that the person agreed to have replaced when they took the challenge. */
  readonly replaces?: SessionId;
};

/** `repeatKeyHash`: of the Idempotency-Key with which the same browser may ask for its cookie again; null: it may not. */
export type Taken = { readonly at: Instant; readonly repeatKeyHash: string | null };

/** What an approved challenge was exchanged for, once. */
export type Completion = {
  readonly sessionId: SessionId;
  readonly method: SecondMethod;
  readonly at: Instant;
  readonly epoch: number;
  /** See `Session.proof`. */
  readonly proof: number;
  /** Hash of the Idempotency-Key that may ask for the same session again; null: none may. */
  readonly repeatKeyHash: string | null;
  /** Hash of the grant that the host's back end redeems; null: no host asked. */
  readonly grantHash: string | null;
  /** Hash of the caller that redeemed it and of its Idempotency-Key; empty where it gave none; null: nobody did yet. */
  readonly redeemedBy: string | null;
};

export const kindOf = ({
  purpose,
  handoff,
}: Pick<Challenge, "purpose" | "handoff">): ChallengeKind => (handoff ? "host" : purpose);

/** A challenge that nobody closed in time is expired, saved or not. Every other status stays what it is. */
export const statusAt = (challenge: Challenge, now: Instant): ChallengeStatus =>
  challenge.status === "pending" && now >= challenge.expiresAt ? "expired" : challenge.status;

/** The challenge in a terminal state. One that is in a terminal state already stays in that one. */
export const endChallenge = (
  challenge: Challenge,
  status: Exclude<ChallengeStatus, "pending">,
  now: Instant,
): Challenge => {
  const present = statusAt(challenge, now);
  if (challenge.status !== "pending") return challenge;
  return present === "expired"
    ? { ...challenge, status: "expired", endedAt: challenge.expiresAt }
    : { ...challenge, status, endedAt: now };
};

/** Why a challenge can no longer be answered. */
export type Closed = Exclude<ChallengeStatus, "pending" | "approved"> | "completed";

/** One whose messages still have their buttons is needed to edit them, while the job that does so may come. */
export const showsButtons = ({ expiresAt, telegram }: Challenge, now: Instant): boolean =>
  now < expiresAt + closeMilliseconds &&
  telegram?.messagesClosedAt === null &&
  telegram.chats.some(({ messages }) => messages.length > 0);

/** The job comes a second after the end, and again where Telegram did not take an edit. */
const closeMilliseconds = 120_000;
