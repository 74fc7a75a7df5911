import type { Client } from "../account/client.ts";
import type { ChallengeId, SessionId } from "../account/ids.ts";

/** What comes with every answer to a challenge. */
export type Answer = {
  readonly challengeId: ChallengeId;
  readonly client: Client;
  /** The id of the new session, if the answer is right. */
  readonly newSessionId: SessionId;
  /** Hash of the request's Idempotency-Key; null if it has none. */
  readonly repeatKeyHash: string | null;
  /** Hash of the grant for the host, if the answer is right and a host opened the challenge. */
  readonly newGrantHash: string;
};
