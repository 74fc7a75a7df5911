import {
  parseAccountId,
  parseChallengeId,
  type AccountId,
  type ChallengeId,
} from "../account/ids.ts";

/** What a browser or a host holds of a challenge: its account, its id, and the secret that proves it. */
export type ChallengeToken = {
  readonly accountId: AccountId;
  readonly challengeId: ChallengeId;
  readonly secret: string;
};

export const writeToken = ({ accountId, challengeId, secret }: ChallengeToken): string =>
  `${accountId}.${challengeId}.${secret}`;

export const readToken = (token: string | undefined): ChallengeToken | undefined => {
  const [account, challenge, secret, ...rest] = token?.split(".") ?? [];
  const [accountId, challengeId] = [parseAccountId(account), parseChallengeId(challenge)];
  return accountId && challengeId && secret && rest.length === 0
    ? { accountId, challengeId, secret }
    : undefined;
};
