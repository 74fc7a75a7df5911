import {
  parseAccountId,
  parseAuthenticatorId,
  parseChallengeId,
  parsePhoneId,
  parseSessionId,
  parseTelegramAccountId,
} from "../../lib/account/ids.ts";

const named =
  <Id>(parse: (text: string) => Id | undefined) =>
  (name: string): Id => {
    const id = parse(name);
    if (id === undefined) throw new Error(`${name} is no id.`);
    return id;
  };

/** Makes ids from names, so that a test can refer to them. */
export const accountId = named(parseAccountId);
export const challengeId = named(parseChallengeId);
export const sessionId = named(parseSessionId);
export const phoneId = named(parsePhoneId);
export const authenticatorId = named(parseAuthenticatorId);
export const telegramId = named(parseTelegramAccountId);
