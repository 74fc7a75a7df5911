import { parseAccountId, type AccountId } from "./ids.ts";

/** What a browser or a host holds of something in an account: the account, what it is, and the secret that proves it. */
export type HeldToken<Id extends string> = {
  readonly accountId: AccountId;
  readonly id: Id;
  readonly secret: string;
};

/** `<account id>.<id>.<secret>`; every character can stand in a cookie [RFC 6265 §4.1.1] and in a URL's fragment. */
export const writeHeldToken = ({ accountId, id, secret }: HeldToken<string>): string =>
  `${accountId}.${id}.${secret}`;

/**
 * Reads a token; undefined for any other text. A host's account ids may contain dots, the other two parts do not, so the
 * parts are told apart from the end.
 */
export const readHeldToken = <Id extends string>(
  text: string | undefined,
  parseId: (text: string | undefined) => Id | undefined,
): HeldToken<Id> | undefined => {
  const [, account, given, secret] = form.exec(text ?? "") ?? [];
  const [accountId, id] = [parseAccountId(account), parseId(given)];
  return accountId && id && secret ? { accountId, id, secret } : undefined;
};

/** A secret has 256 bits, see `newSecret`. */
const form = /^(.+)\.([^.]+)\.([A-Za-z0-9_-]{43})$/;
