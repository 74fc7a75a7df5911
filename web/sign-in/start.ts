import type { Challenge, Client, Completed } from "../client.ts";
import { isUnanswered } from "../client/outcome.ts";
import { anotherSession } from "../second-step/another-session.ts";
import type { AnotherSession } from "../second-step/state.ts";

/** Where a sign-in stands when the page opens. */
export type Start =
  | { readonly kind: "form" }
  | { readonly kind: "second_step"; readonly challenge: Challenge; readonly fromHost: boolean }
  | { readonly kind: "signed_in"; readonly value: Completed }
  /** The link belongs to another account than this browser's session. The page waits until the person agrees. */
  | ({ readonly kind: "another_session" } & AnotherSession)
  /** A host's link works once, for ten minutes. After that the host has to make another one. */
  | { readonly kind: "link_over" }
  | { readonly kind: "unreachable" };

/** What the browser remembers of challenges. */
export type Remembered = {
  /** The idempotency key for a host's link. With it the page can safely open the link again if the answer was lost. */
  readonly handoffKey: (token: string) => string;
  readonly completionKey: (challengeId: string) => string;
  /** Whether a host opened the challenge. */
  readonly fromHost: (challengeId: string) => boolean;
  /** Whether the person has read how the challenge ended. */
  readonly dismissed: (challengeId: string) => boolean;
};

/** Finds out where this browser stands. No script can read the cookies, so only the service knows. */
export async function findStart(client: Client, remembered: Remembered): Promise<Start> {
  const outcome = await client.readChallenge();
  switch (outcome.kind) {
    case "done":
      return startOf(client, outcome.value, remembered);
    case "no_challenge":
      return { kind: "form" };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unexpected":
    case "unreachable":
      return { kind: "unreachable" };
  }
}

/**
 * Takes the challenge that a host opened. If this browser has taken it before, the page goes on with it.
 *
 * @param agreed the person has agreed that the link may replace another account's session.
 */
export async function takeChallenge(
  client: Client,
  token: string,
  remembered: Remembered,
  agreed = false,
): Promise<Start> {
  const body = { token, ...(agreed && { replaceSession: true as const }) };
  const outcome = await client.openChallenge({
    body,
    idempotencyKey: remembered.handoffKey(token),
  });
  switch (outcome.kind) {
    case "done":
      return { kind: "second_step", challenge: outcome.value, fromHost: true };
    case "no_challenge": {
      const start = await findStart(client, remembered);
      return start.kind === "form" ? { kind: "link_over" } : start;
    }
    case "session_of_another_account":
      return { kind: "another_session", ...anotherSession(outcome) };
    case "challenge_denied":
    case "challenge_expired":
    case "challenge_locked":
    case "challenge_cancelled":
    case "challenge_completed":
    case "invalid_request":
    case "forbidden_origin":
      return { kind: "link_over" };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unexpected":
    case "unreachable":
      return { kind: "unreachable" };
  }
}

async function startOf(
  client: Client,
  challenge: Challenge,
  { completionKey, fromHost, dismissed }: Remembered,
): Promise<Start> {
  const { id, status, purpose } = challenge;
  // A reauthentication belongs to a session and to the page that began it.
  if (purpose !== "sign_in") return { kind: "form" };
  const second: Start = { kind: "second_step", challenge, fromHost: fromHost(id) };
  switch (status) {
    case "pending":
      return second;
    case "approved": {
      // Another window, or this page before a reload, gave the answer. It may have collected the session too.
      if (!dismissed(id)) {
        const outcome = await client.completeChallenge({ idempotencyKey: completionKey(id) });
        if (outcome.kind === "done") return { kind: "signed_in", value: outcome.value };
        // The second step asks the person whether to replace that session.
        if (outcome.kind === "session_of_another_account") return second;
        if (isUnanswered(outcome)) return { kind: "unreachable" };
      }
      const session = await client.readSession();
      if (session.kind === "done") return { kind: "signed_in", value: { status: "signed_in" } };
      return { kind: isUnanswered(session) ? "unreachable" : "form" };
    }
    case "denied":
    case "expired":
    case "locked":
      return dismissed(id) ? { kind: "form" } : second;
    case "cancelled":
      // The person went back and knows it.
      return { kind: "form" };
  }
}

/**
 * Takes the session that a host asked for. Where the second step is on, its link leads to a challenge. Parameters as for
 * `takeChallenge`.
 */
async function takeSession(
  client: Client,
  token: string,
  remembered: Remembered,
  agreed: boolean,
): Promise<Start> {
  const body = { token, ...(agreed && { replaceSession: true as const }) };
  const outcome = await client.openSession({
    body,
    idempotencyKey: remembered.handoffKey(token),
  });
  switch (outcome.kind) {
    case "done":
      return outcome.value.status === "second_step"
        ? { kind: "second_step", challenge: outcome.value.challenge, fromHost: true }
        : { kind: "signed_in", value: outcome.value };
    case "invalid_token": {
      const start = await findStart(client, remembered);
      return start.kind === "form" ? { kind: "link_over" } : start;
    }
    case "session_of_another_account":
      return { kind: "another_session", ...anotherSession(outcome) };
    case "invalid_request":
    case "forbidden_origin":
      return { kind: "link_over" };
    case "busy":
    case "unavailable":
    case "too_many_attempts":
    case "unexpected":
    case "unreachable":
      return { kind: "unreachable" };
  }
}

/** A host's link: a challenge that it opened, or a session that it asked for. */
export type HostLink = { readonly kind: "challenge" | "session"; readonly token: string };

/** Takes what a host's link is for, see `takeChallenge` and `takeSession`. */
export const takeLink = (
  client: Client,
  { kind, token }: HostLink,
  remembered: Remembered,
  agreed = false,
): Promise<Start> =>
  kind === "challenge"
    ? takeChallenge(client, token, remembered, agreed)
    : takeSession(client, token, remembered, agreed);

/** Reads a host's link from a URL's fragment, `#challenge=…` or `#session=…`. */
export const linkIn = (fragment: string): HostLink | undefined => {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  for (const kind of ["challenge", "session"] as const) {
    const token = given.get(kind);
    if (token !== null) return { kind, token };
  }
  return undefined;
};
