import { secondStepIsOn, type Account, type Context } from "../account/account.ts";
import { codesAreOff, recoveryOffUntil } from "../guard/guesses.ts";
import { fallbackView } from "../phone/fallback/fallback-view.ts";
import { promptAgainAt } from "../telegram/prompt-again.ts";
import {
  closedAs,
  type Challenge,
  type ChallengeStatus,
  type Closed,
} from "../account/challenge.ts";
import type { PromptedChat, PromptState, TelegramPrompt } from "../account/prompt.ts";

/**
 * A challenge as its browser sees it. A method that cannot be used now is absent, and of one that is over nothing of the
 * account is shown.
 *
 * Attack considered: an old challenge cookie. It stays good for reading after its ten minutes, and whoever has it proved
 * a password that may have been changed since: they see how that sign-in ended, and nothing of the present.
 */
export const challengeView = (account: Account, challenge: Challenge, context: Context) => {
  const closed = closedAs(account, challenge, context.now);
  return {
    id: challenge.id,
    purpose: challenge.purpose,
    status: closed ? statusOf(closed) : challenge.status,
    expiresAt: new Date(challenge.expiresAt).toISOString(),
    attemptsLeft: Math.max(0, context.limits.challenge.guesses - challenge.wrongGuesses),
    ...(!closed && { account: { email: account.email } }),
    ...(!closed && challenge.handoff?.returnTo && { returnTo: challenge.handoff.returnTo }),
    methods: closed ? none : methods(account, challenge, context),
  };
};

/** As completing says it; one that has been completed was approved. */
const statusOf = (closed: Closed): ChallengeStatus =>
  closed === "completed" ? "approved" : closed;

const none: Partial<ReturnType<typeof methods>> = {};

const methods = (account: Account, challenge: Challenge, context: Context) => {
  const telegram = telegramView(account, challenge, context);
  const phone = phoneView(account, challenge, context);
  const left = account.recoveryCodes?.left.length ?? 0;
  const recoveryOff = recoveryOffUntil(account.guesses, context) > context.now;
  const codesOff = codesAreOff(account.guesses, context);
  return {
    ...(telegram && { telegram }),
    ...(account.authenticators.length > 0 && !codesOff && { totp: { digits: 6 } }),
    ...(phone && { phone }),
    ...(secondStepIsOn(account) && left > 0 && !recoveryOff && { recoveryCode: { left } }),
  };
};

const telegramView = (account: Account, challenge: Challenge, context: Context) => {
  const { telegram: prompt } = challenge;
  const resendAt = promptAgainAt(account, challenge, context);
  if (!prompt || resendAt === undefined) return undefined;
  return {
    number: prompt.numbers[0],
    resendAt: new Date(resendAt).toISOString(),
    accounts: prompt.chats.flatMap((chat) => {
      const linked = account.telegram.accounts.find((one) => one.id === chat.id);
      return linked
        ? [{ id: chat.id, name: linked.name, state: stateOf(chat, prompt, context) }]
        : [];
    }),
  };
};

/** A request that nobody has sent after a while is not on its way any more, whatever became of its sender. */
const stateOf = (
  chat: PromptedChat,
  prompt: TelegramPrompt,
  { now, limits }: Context,
): PromptState =>
  chat.state === "asking" && now >= prompt.promptedAt + limits.telegram.sendSeconds * 1000
    ? "unreachable"
    : chat.state;

/** Offered while there is a number, and a factor that it may stand beside. */
const phoneView = (account: Account, challenge: Challenge, context: Context) =>
  secondStepIsOn(account) && account.phones.length > 0 && !codesAreOff(account.guesses, context)
    ? {
        numbers: account.phones.map(({ id, masked }) => ({ id, masked })),
        sent: fallbackView(account, challenge.fallback, context),
      }
    : undefined;
