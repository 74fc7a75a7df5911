import type { Account, Context } from "../account/account.ts";
import type { Challenge } from "../account/challenge.ts";
import { asItIs, isoTime, isPast, type Factor } from "../account/factor.ts";
import type { PromptedChat, PromptState, TelegramPrompt } from "../account/prompt.ts";
import { noTelegram } from "../account/telegram.ts";
import { promptAgainAt } from "./prompt-again.ts";

export const telegramFactor = {
  reset: (account: Account): Account => ({ ...account, telegram: noTelegram }),

  restore: (account: Account): Account => ({
    ...account,
    telegram: { ...account.telegram, link: null },
  }),

  reencrypt: asItIs,

  forget: (account: Account, context: Context): Account => {
    const { telegram } = account;
    const { link, prompting } = telegram;
    const promptedAt = prompting.promptedAt.filter((at) => at > context.now - 3_600_000);
    return {
      ...account,
      telegram: {
        ...telegram,
        link: link && isPast(link.linkedAt ?? link.expiresAt, context) ? null : link,
        prompting: { ...prompting, promptedAt },
      },
    };
  },

  offer: (
    account: Account,
    challenge: Challenge,
    context: Context,
  ): { readonly telegram?: ReturnType<typeof offered> } => {
    const { telegram: prompt } = challenge;
    const resendAt = promptAgainAt(account, challenge, context);
    return prompt && resendAt !== undefined
      ? { telegram: offered(account, prompt, resendAt, context) }
      : {};
  },

  view: ({ telegram: { enabled, accounts } }: Account) => ({
    telegram: {
      enabled,
      accounts: accounts.map(({ id, name, linkedAt, reachable }) => ({
        id,
        name,
        linkedAt: isoTime(linkedAt),
        reachable,
      })),
    },
  }),
} satisfies Factor;

const offered = (account: Account, prompt: TelegramPrompt, resendAt: number, context: Context) => ({
  number: prompt.numbers[0],
  resendAt: isoTime(resendAt),
  accounts: prompt.chats.flatMap((chat) => {
    const linked = account.telegram.accounts.find((one) => one.id === chat.id);
    return linked
      ? [{ id: chat.id, name: linked.name, state: stateOf(chat, prompt, context) }]
      : [];
  }),
});

/** A prompt that no sender has sent after a while is not on its way any more, whatever became of the sender. */
const stateOf = (
  chat: PromptedChat,
  prompt: TelegramPrompt,
  { now, limits }: Context,
): PromptState =>
  chat.state === "asking" && now >= prompt.promptedAt + limits.telegram.sendSeconds * 1000
    ? "unreachable"
    : chat.state;
