import { answerTelegram } from "../challenge/answer-telegram.ts";
import { parseChallengeId } from "../account/ids.ts";
import { hashToken } from "../crypto/token.ts";
import { answerTelegramLink } from "../factors/answer-telegram-link.ts";
import type { Counter } from "../guard/counter.ts";
import { contextOf, decide, type Shell } from "../http/shell.ts";
import type { BotActions } from "./bot.ts";
import { maskedEmail } from "./sign-in-text.ts";
import type { TelegramIndex } from "./telegram-index.ts";

export type BotDeps = {
  readonly shell: Shell;
  readonly index: TelegramIndex;
  /** Updates that were answered with small talk. */
  readonly updates: Counter;
  /** Small talk with one user. */
  readonly talks: Counter;
};

const talksAnHour = 20;
const updateWindowSeconds = 86_400;

/** What the bot's conversation does to accounts. */
export const botActions = ({ shell, index, updates, talks }: BotDeps): BotActions => ({
  async answerLink(token, user, messageId) {
    if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return { kind: "invalid" };
    const tokenHash = hashToken(token);
    const accountId = await index.find("link", tokenHash);
    if (!accountId) return { kind: "invalid" };
    const decided = await decide(shell, accountId, (account) =>
      answerTelegramLink(
        account,
        { tokenHash, answer: { ...user, messageId } },
        contextOf(shell, shell.now()),
      ),
    );
    if (!decided || decided.outcome.kind === "invalid") return { kind: "invalid" };
    return decided.outcome.kind === "answered"
      ? { kind: "answered", account: maskedEmail(decided.account.email) }
      : { kind: "repeated" };
  },

  async tap(data, { userId }, messageId) {
    const [, id, choice] = /^([A-Za-z0-9_-]+)\.(\d\d|no)$/.exec(data) ?? [];
    const challengeId = parseChallengeId(id);
    const accountId = challengeId && (await index.find("challenge", challengeId));
    if (!accountId || !choice) return "foreign";
    const decided = await decide(shell, accountId, (account) =>
      answerTelegram(
        account,
        { challengeId, userId, messageId, choice },
        contextOf(shell, shell.now()),
      ),
    );
    switch (decided?.outcome.kind) {
      case "approved":
      case "denied":
        return decided.outcome.kind;
      case "closed":
        return "over";
      case "foreign":
      case undefined:
        shell.log.warn("telegram_foreign_tap", { telegramUser: userId });
        return "foreign";
    }
  },

  async mayReply(updateId, userId) {
    const now = shell.now();
    const update = await updates.add(String(updateId), now, updateWindowSeconds);
    if (update.count > 1) return false;
    const talk = await talks.add(String(userId), now, 3600);
    return talk.count <= talksAnHour;
  },
});
