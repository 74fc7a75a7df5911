import type { Client } from "./client.ts";
import type { ChallengeId, Instant, SessionId } from "./ids.ts";
import type { Fallback } from "./fallback.ts";
import type { TelegramPrompt } from "./prompt.ts";

/** How a session was authenticated: what the person proved last. */
export type Method = FirstMethod | SecondMethod;

/** "host": the host checked its own first step, and the account has no second step. */
type FirstMethod = "password" | "host";

/** What can answer a challenge. */
export type SecondMethod = "telegram" | "totp" | "call" | "sms" | "recovery_code";

type ChallengePurpose = "sign_in" | "reauthentication";

/** What a challenge was opened for: a right password, a reauthentication, or a host that checked the first step. */
export type ChallengeKind = ChallengePurpose | "host";

export type ChallengeStatus =
  "pending" | "approved" | "denied" | "expired" | "locked" | "cancelled";

/** One second step. It is bound to one right password and to one browser, which holds the secret. */
export type Challenge = {
  readonly id: ChallengeId;
  readonly purpose: ChallengePurpose;
  readonly secretHash: string;
  /** The account's epoch when the password was right. Under another epoch this challenge cannot complete. */
  readonly epoch: number;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly client: Client;
  /** The status at the last save; `statusAt` tells the present one. */
  readonly status: ChallengeStatus;
  /** When it ended; null while it is pending. */
  readonly endedAt: Instant | null;
  readonly wrongGuesses: number;
  /** The session that is reauthenticated; null at sign-in. */
  readonly sessionId: SessionId | null;
  readonly completion: Completion | null;
  /** The Telegram prompt; null if there is none. */
  readonly telegram: TelegramPrompt | null;
  /** The calls and SMS of this challenge; null before the person asks for the first. */
  readonly fallback: Fallback | null;
  /** Set if a host has checked the first step; null if the person gave the password here. */
  readonly handoff: Handoff | null;
};

/** How a challenge that a host opened comes into the person's browser, and where the browser goes afterwards. */
export type Handoff = {
  /** Hash of the token in the challenge's URL. */
  readonly tokenHash: string;
  /** The browser that took the challenge; null if none has yet. */
  readonly taken: Taken | null;
  readonly returnTo: string | null;
  /** A session of another account; the person agreed to have it replaced when they took the challenge. */
  readonly replaces?: SessionId;
};

/**
 * `repeatKeyHash`: hash of the Idempotency-Key with which the same browser may ask for its cookie again. Null: it may
 * not.
 */
export type Taken = { readonly at: Instant; readonly repeatKeyHash: string | null };

/** The one exchange of an approved challenge for a session. */
export type Completion = {
  readonly sessionId: SessionId;
  readonly method: SecondMethod;
  readonly at: Instant;
  readonly epoch: number;
  /** See `Session.proof`. */
  readonly proof: number;
  /** Hash of the Idempotency-Key with which the browser may get the same session again; null: with none. */
  readonly repeatKeyHash: string | null;
  /** Hash of the grant that the host redeems; null if no host opened the challenge. */
  readonly grantHash: string | null;
  /**
   * Hash of the caller that redeemed the grant and of its Idempotency-Key; empty if the caller gave no key; null if
   * nobody has redeemed the grant yet.
   */
  readonly redeemedBy: string | null;
};

export const kindOf = ({
  purpose,
  handoff,
}: Pick<Challenge, "purpose" | "handoff">): ChallengeKind => (handoff ? "host" : purpose);

/** A pending challenge is expired after its time, even if that is not saved yet. Every other status stays as saved. */
export const statusAt = (challenge: Challenge, now: Instant): ChallengeStatus =>
  challenge.status === "pending" && now >= challenge.expiresAt ? "expired" : challenge.status;

/** The challenge in a terminal state. A challenge that is already in a terminal state keeps that state. */
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

/** Whether messages still have their buttons. While the job that edits them may come, it needs the challenge. */
export const showsButtons = ({ expiresAt, telegram }: Challenge, now: Instant): boolean =>
  now < expiresAt + closeMilliseconds &&
  telegram?.messagesClosedAt === null &&
  telegram.chats.some(({ messages }) => messages.length > 0);

/** The job comes a second after the end, and again if Telegram did not take an edit. */
const closeMilliseconds = 120_000;
