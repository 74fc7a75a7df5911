import { GrammyError, HttpError } from "grammy/web";

/**
 * Describes a fault for the person who deploys. It repeats only Telegram's own description: grammY's errors carry the
 * payload, with the webhook's secret in it, and an error of fetch may name the URL, with the token in it.
 */
export const tellFault = (fault: unknown, apiRoot: string): string => {
  if (fault instanceof GrammyError) {
    const answer = `${fault.method}: ${fault.error_code} ${fault.description}`;
    // An unknown token of the right form gets 401, any other gets 404.
    return fault.error_code === 401 || fault.error_code === 404
      ? `Telegram does not accept the token in the secret that the output TelegramBotTokenSecret names (${answer}). Compare it with BotFather's.`
      : `Telegram refused (${answer}).`;
  }
  if (fault instanceof HttpError) return `The Bot API at ${apiRoot} gave no proper answer.`;
  const name = fault instanceof Error ? fault.name : typeof fault;
  return name === "TimeoutError"
    ? `It took too long: the Bot API at ${apiRoot}, or Secrets Manager, does not answer.`
    : `It failed (${name}); more is in the function's log.`;
};
