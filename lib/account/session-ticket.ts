import type { Taken } from "./challenge.ts";
import type { Client } from "./client.ts";
import type { ChallengeId, Instant, SessionId, SessionTicketId } from "./ids.ts";

/**
 * A host says that its user is signed in, and gets a ticket: the browser that brings it gets a session for the Security
 * tab, after the second step if it is on. It works once, for a minute.
 */
export type SessionTicket = {
  readonly id: SessionTicketId;
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  /** The account's epoch when the host asked. A change of how the person signs in ends the ticket as it ends sessions. */
  readonly epoch: number;
  /** The person's browser, as the host describes it. */
  readonly client: Client;
  /** When the person last proved to the host who they are. */
  readonly authenticatedAt: Instant;
  /** Where the page leads back to; null if the host named no page. */
  readonly returnTo: string | null;
  /** The browser that brought it, and what that led to; null if none has yet. */
  readonly taken: (Taken & { readonly led: LedTo }) | null;
};

type LedTo =
  | { readonly kind: "session"; readonly sessionId: SessionId; readonly proof: number }
  | { readonly kind: "challenge"; readonly challengeId: ChallengeId };
