import type { Challenge } from "./challenge.ts";
import { noPrompts, noTelegram } from "./telegram.ts";
import { noGuesses } from "./guesses.ts";
import { noSends, type Fallback } from "./fallback.ts";
import { newAccount, type Account } from "./account.ts";
import { noActivity } from "./activity.ts";

/**
 * Makes an account from stored JSON. An older release may have saved it without some fields; each of them gets the
 * value that it has in a new record, at every depth. A field that a newer release added stays, because decisions copy
 * records. So two releases can save the same account in turns.
 *
 * The function fills in only fields that have a safe default. A secret or an id has none.
 */
export const readAccount = (stored: Account): Account => {
  const { id, createdAt, email } = stored;
  const plain = newAccount({ id, createdAt, email });
  const account = { ...plain, ...stored };
  const { phoneEnrolment, recoveryCodes } = account;
  const telegram = fill(noTelegram, account.telegram);
  return {
    ...account,
    guesses: fill(noGuesses, account.guesses),
    activity: fill(noActivity, account.activity),
    challengesOpenedAt: fill(plain.challengesOpenedAt, account.challengesOpenedAt),
    authenticators: account.authenticators.map((one) =>
      fill({ lastUsedAt: null, spentSteps: [] }, one),
    ),
    telegram: {
      ...telegram,
      accounts: telegram.accounts.map((one) => fill({ reachable: true, language: "en" }, one)),
      link: telegram.link && fill({ answer: null, linkedAt: null }, telegram.link),
      prompting: fill(noPrompts, telegram.prompting),
    },
    phones: account.phones.map((one) => fill({ takesSms: false }, one)),
    phoneEnrolment: phoneEnrolment && {
      ...fill({ wrongGuesses: 0, fallback: null, takesSms: false }, phoneEnrolment),
      fallback: readFallback(phoneEnrolment.fallback),
    },
    recoveryCodes: recoveryCodes && fill({ left: [], used: [] }, recoveryCodes),
    challenges: account.challenges.map(readChallenge),
    sessionTickets: account.sessionTickets.map((one) => fill({ returnTo: null, taken: null }, one)),
  };
};

/** The stored form of an account. It leaves out null values to keep the item small; `readAccount` puts them back. */
export const writeAccount = (account: Account): string =>
  JSON.stringify(account, (_, value: unknown) => (value === null ? undefined : value));

const readChallenge = (stored: Challenge): Challenge => {
  const challenge = fill<Challenge>(
    {
      endedAt: null,
      wrongGuesses: 0,
      sessionId: null,
      completion: null,
      telegram: null,
      fallback: null,
      handoff: null,
    },
    stored,
  );
  const { completion, telegram, handoff } = challenge;
  return {
    ...challenge,
    completion:
      completion && fill({ repeatKeyHash: null, grantHash: null, redeemedBy: null }, completion),
    telegram: telegram && {
      ...fill(
        { round: 0, promptedAt: 0, chats: [], answeredBy: null, messagesClosedAt: null },
        telegram,
      ),
      chats: telegram.chats.map((one) => fill({ claimedUntil: 0, messages: [] }, one)),
    },
    fallback: readFallback(challenge.fallback),
    handoff: handoff && fill({ taken: null, returnTo: null }, handoff),
  };
};

const readFallback = (fallback: Fallback | null | undefined): Fallback | null =>
  fallback
    ? {
        ...fill(noSends, fallback),
        sends: fallback.sends.map((one) =>
          fill({ claimedBy: null, carrier: null, reference: null }, one),
        ),
      }
    : null;

const fill = <Stored extends object>(defaults: Partial<Stored>, stored: Stored): Stored => ({
  ...defaults,
  ...stored,
});
