import { secondStepIsOn, type Account, type Context } from "../account/account.ts";
import { codesAreOff, recoveryOffUntil } from "../guard/guess-guard.ts";
import { askAgainAt } from "./ask-again.ts";
import { statusAt, type Challenge } from "./challenge.ts";
import type { AskedChat, AskState, TelegramAsk } from "./telegram-ask.ts";

/** A challenge as its browser sees it. A method that cannot be used now is absent. */
export const challengeView = (account: Account, challenge: Challenge, context: Context) => ({
  id: challenge.id,
  purpose: challenge.purpose,
  status: statusAt(challenge, context.now),
  expiresAt: new Date(challenge.expiresAt).toISOString(),
  attemptsLeft: Math.max(0, context.limits.challenge.guesses - challenge.wrongGuesses),
  methods: methods(account, challenge, context),
});

const methods = (account: Account, challenge: Challenge, context: Context) => {
  const telegram = telegramView(account, challenge, context);
  const left = account.recoveryCodes?.left.length ?? 0;
  const recoveryOff = recoveryOffUntil(account.guesses, context) > context.now;
  const codesOff = codesAreOff(account.guesses, context);
  return {
    ...(telegram && { telegram }),
    ...(account.authenticators.length > 0 && !codesOff && { totp: { digits: 6 } }),
    ...(secondStepIsOn(account) && left > 0 && !recoveryOff && { recoveryCode: { left } }),
  };
};

const telegramView = (account: Account, challenge: Challenge, context: Context) => {
  const { telegram: ask } = challenge;
  const resendAt = askAgainAt(account, challenge, context);
  if (!ask || resendAt === undefined) return undefined;
  return {
    number: ask.numbers[0],
    resendAt: new Date(resendAt).toISOString(),
    accounts: ask.chats.flatMap((chat) => {
      const linked = account.telegram.accounts.find((one) => one.id === chat.id);
      return linked ? [{ id: chat.id, name: linked.name, state: stateOf(chat, ask, context) }] : [];
    }),
  };
};

/** A request that nobody has sent after a while is not on its way any more, whatever became of its sender. */
const stateOf = (chat: AskedChat, ask: TelegramAsk, { now, limits }: Context): AskState =>
  chat.state === "asking" && now >= ask.askedAt + limits.telegram.sendSeconds * 1000
    ? "unreachable"
    : chat.state;
