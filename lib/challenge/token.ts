import { readHeldToken, writeHeldToken } from "../account/held-token.ts";
import { parseChallengeId, type AccountId, type ChallengeId } from "../account/ids.ts";

/** What a browser or a host holds of a challenge: its account, its id, and the secret that proves it. */
export type ChallengeToken = {
  readonly accountId: AccountId;
  readonly challengeId: ChallengeId;
  readonly secret: string;
};

export const writeToken = ({ accountId, challengeId, secret }: ChallengeToken): string =>
  writeHeldToken({ accountId, id: challengeId, secret });

export const readToken = (token: string | undefined): ChallengeToken | undefined => {
  const held = readHeldToken(token, parseChallengeId);
  return held && { accountId: held.accountId, challengeId: held.id, secret: held.secret };
};
