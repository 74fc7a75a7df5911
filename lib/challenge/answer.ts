import type { Client } from "../account/client.ts";
import type { ChallengeId, SessionId } from "../account/ids.ts";

/** What comes with every answer to a challenge. */
export type Answer = {
  readonly challengeId: ChallengeId;
  readonly client: Client;
  /** The id that the new session gets, should the answer be right. */
  readonly newSessionId: SessionId;
  /** Hash of the request's Idempotency-Key; null where it has none. */
  readonly repeatKeyHash: string | null;
  /** Hash of the grant that a host gets, should the answer be right and a host have asked. */
  readonly newGrantHash: string;
};
