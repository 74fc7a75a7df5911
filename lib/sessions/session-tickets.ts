import type { Account, Context } from "../account/account.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import type { Instant, SessionId, SessionTicketId } from "../account/ids.ts";
import { mayRepeat } from "../account/may-repeat.ts";
import { noteActivity } from "../account/note-activity.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { SessionTicket } from "../account/session-ticket.ts";
import { withSessionBegun } from "../account/account.ts";
import type { Challenge } from "../account/challenge.ts";
import type { OpenOutcome } from "../challenge/open-challenge.ts";
import type { OtherSession } from "../challenge/replaced-session.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { openWithPrompt, type NewPromptedChallenge } from "../telegram/open-with-prompt.ts";
import type { Proved } from "./first-step.ts";

export type NewSessionTicket = {
  readonly id: SessionTicketId;
  readonly tokenHash: string;
  readonly client: Client;
  readonly authenticatedAt: Instant;
  readonly returnTo: string | null;
};

/** Issues a ticket. An account holds a few; one more pushes out the oldest, which a browser was just bringing at most. */
export const issueSessionTicket = (
  account: Account,
  asked: NewSessionTicket,
  { now, limits }: Context,
): Decision<{ readonly kind: "issued"; readonly ticket: SessionTicket }> => {
  const ticket: SessionTicket = {
    ...asked,
    expiresAt: now + limits.session.ticketSeconds * 1000,
    epoch: account.epoch,
    taken: null,
  };
  const kept = account.sessionTickets.slice(-(limits.session.tickets - 1));
  return {
    account: { ...account, sessionTickets: [...kept, ticket] },
    outcome: { kind: "issued", ticket },
  };
};

/** What a browser brings with a ticket. */
export type BroughtTicket = {
  readonly id: SessionTicketId;
  readonly tokenHash: string;
  /** The id of the session that the browser gets, if the ticket is enough. */
  readonly sessionId: SessionId;
  /** Hash of the request's Idempotency-Key; null: the request cannot be repeated. */
  readonly repeatKeyHash: string | null;
  /** The challenge to open if the second step is on, with the hash of its cookie's secret. */
  readonly asked: NewPromptedChallenge;
  /** The session of another account in that browser; undefined: there is none. */
  readonly other: OtherSession | undefined;
  readonly replaceSession: boolean;
};

export type TicketOutcome =
  | OpenOutcome
  | ({
      readonly kind: "signed_in";
      readonly sessionId: SessionId;
      readonly beganAt: Instant;
      readonly authenticatedAt: Instant;
      readonly client: Client;
      readonly returnTo: string | null;
    } & Proved)
  /** Nothing is taken: the page must ask the person whether it may replace that session. */
  | { readonly kind: "session_of_another"; readonly session: OtherSession }
  | { readonly kind: "no_ticket" };

/**
 * Exchanges a ticket for a session, or for a challenge if the second step is on: the host has checked a first step only.
 *
 * Attacks considered: a ticket seen in a history, a log or a chat (it works once, for a minute; a repeat needs the
 * Idempotency-Key of the first request); an attacker's own ticket, sent as a link to somebody who is signed in (the page
 * asks before it replaces another account's session); a ticket from before a reset or a change of factors (its epoch is
 * over); a ticket that skips the second step (there is no such outcome while it is on).
 */
export const takeSessionTicket = (
  account: Account,
  brought: BroughtTicket,
  context: Context,
): Decision<TicketOutcome> => {
  const ticket = account.sessionTickets.find(({ id }) => id === brought.id);
  if (
    !ticket ||
    !equalHashes(ticket.tokenHash, brought.tokenHash) ||
    ticket.epoch !== account.epoch
  ) {
    return { account, outcome: { kind: "no_ticket" } };
  }
  if (ticket.taken) return { account, outcome: repeated(account, ticket, brought, context) };
  if (context.now >= ticket.expiresAt) return { account, outcome: { kind: "no_ticket" } };
  const { other, replaceSession } = brought;
  if (other && !replaceSession) {
    return { account, outcome: { kind: "session_of_another", session: other } };
  }
  return secondStepIsOn(account)
    ? openFor(account, ticket, brought, context)
    : beginFor(account, ticket, brought, context);
};

const beginFor = (
  account: Account,
  ticket: SessionTicket,
  { sessionId, repeatKeyHash }: BroughtTicket,
  context: Context,
): Decision<TicketOutcome> => {
  const noted = withSessionBegun(
    noteActivity(account, "signed_in", ticket.client, context, { method: "host" }),
    context,
  );
  const proof = noted.activity.noted;
  const taken = {
    at: context.now,
    repeatKeyHash,
    led: { kind: "session", sessionId, proof },
  } as const;
  return {
    account: replaceTicket(noted, { ...ticket, taken }),
    outcome: begun(ticket, sessionId, proof, context.now),
  };
};

const openFor = (
  account: Account,
  ticket: SessionTicket,
  { asked, repeatKeyHash, other }: BroughtTicket,
  context: Context,
): Decision<TicketOutcome> => {
  const { client, returnTo } = ticket;
  const took = { at: context.now, repeatKeyHash };
  const handoff = {
    // The browser is here already: no secret has an empty hash.
    tokenHash: "",
    taken: took,
    returnTo,
    ...(other && { replaces: other.id }),
  };
  const opened = openWithPrompt(account, { ...asked, client, handoff }, context);
  if (opened.outcome.kind !== "second_step") return opened;
  const led = { kind: "challenge", challengeId: opened.outcome.challenge.id } as const;
  return {
    account: replaceTicket(opened.account, { ...ticket, taken: { ...took, led } }),
    outcome: opened.outcome,
  };
};

/** The outcome of the first request, for the same browser: its answer was lost. */
const repeated = (
  account: Account,
  ticket: SessionTicket,
  { repeatKeyHash, asked }: BroughtTicket,
  context: Context,
): TicketOutcome => {
  const { taken } = ticket;
  if (
    !taken ||
    repeatKeyHash === null ||
    taken.repeatKeyHash !== repeatKeyHash ||
    !mayRepeat(taken.at, context)
  ) {
    return { kind: "no_ticket" };
  }
  if (taken.led.kind === "session") {
    return begun(ticket, taken.led.sessionId, taken.led.proof, taken.at);
  }
  const challenge = findLed(account, taken.led.challengeId, asked.secretHash);
  return challenge ? { kind: "second_step", challenge } : { kind: "no_ticket" };
};

const findLed = (account: Account, id: Challenge["id"], secretHash: string) =>
  account.challenges.find(
    (one) => one.id === id && equalHashes(one.secretHash, secretHash) && one.completion === null,
  );

const begun = (
  { epoch, authenticatedAt, client, returnTo }: SessionTicket,
  sessionId: SessionId,
  proof: number,
  beganAt: Instant,
): TicketOutcome => ({
  kind: "signed_in",
  sessionId,
  proof,
  epoch,
  beganAt,
  authenticatedAt,
  client,
  returnTo,
});

const replaceTicket = (account: Account, ticket: SessionTicket): Account => ({
  ...account,
  sessionTickets: account.sessionTickets.map((one) => (one.id === ticket.id ? ticket : one)),
});
