import { answerTelegram } from "./answer-telegram.ts";
import { parseChallengeId } from "../account/ids.ts";
import { hashToken } from "../crypto/token.ts";
import { answerTelegramLink } from "./answer-telegram-link.ts";
import type { Claims } from "../guard/claims.ts";
import type { Counter } from "../guard/counter.ts";
import type { AccountServices } from "../account/services.ts";
import { newSecret } from "../crypto/random.ts";
import { contextOf } from "../account/account.ts";
import type { BotActions } from "./bot.ts";
import { maskedEmail } from "./sign-in-text.ts";
import type { AccountIndex } from "../account/account-index.ts";

export type BotDeps = {
  readonly services: AccountServices;
  readonly index: AccountIndex;
  /** The updates that the bot answered with small talk. */
  readonly updates: Claims;
  /** Counts the small talk with one user. */
  readonly talks: Counter;
};

const talksAnHour = 20;
/** For as long as Telegram keeps an update that it could not deliver. */
const updateSeconds = 86_400;

/** What the bot's conversation does to accounts. */
export const botActions = ({ services, index, updates, talks }: BotDeps): BotActions => ({
  async answerLink(token, user, messageId) {
    if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return { kind: "invalid" };
    const tokenHash = hashToken(token);
    const accountId = await index.find("link", tokenHash);
    if (!accountId) return { kind: "invalid" };
    const decided = await services.decide(accountId, (account) =>
      answerTelegramLink(
        account,
        { tokenHash, answer: { ...user, messageId } },
        contextOf(services, services.now()),
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
    const decided = await services.decide(accountId, (account) =>
      answerTelegram(
        account,
        { challengeId, userId, messageId, choice },
        contextOf(services, services.now()),
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
        services.log.warn("telegram_foreign_tap", { telegramUser: userId });
        return "foreign";
    }
  },

  async mayReply(updateId, userId) {
    const now = services.now();
    // The count comes before the claim: if the count fails, the update comes again and is not taken for an answered
    // one.
    const talk = await talks.add(String(userId), now, 3600);
    if (talk.count > talksAnHour) return false;
    const owner = newSecret(services);
    return updates.take(String(updateId), owner, now, now + updateSeconds * 1000);
  },
});
