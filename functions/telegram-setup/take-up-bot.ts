import type { Log } from "../../lib/log/log.ts";
import { resultOf } from "../../lib/runtime/custom-resource.ts";
import type { CustomResource, Invocation, Result } from "../../lib/runtime/custom-resource.ts";

/** What the stack says of its bot, under the names of the custom resource's properties. */
export type BotOfStack = Readonly<
  Record<"WebhookUrl" | "BotUsername" | "ApiRoot" | "Languages", string>
>;

/** Leaves time for the answer and the log. */
const spareMs = 5000;

/**
 * Sets the bot up for an operator who invokes the function, when no deploy would: the token has just been put into its
 * secret, or somebody else took the webhook. What waits at Telegram is kept. Resolves with what was done, or why not.
 */
export const takeUpBot = (
  bot: CustomResource,
  wanted: BotOfStack,
  context: Invocation,
  log: Log,
): Promise<Result> => {
  const request = {
    RequestType: "Update",
    ResourceProperties: wanted,
    OldResourceProperties: wanted,
  } as const;
  const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - spareMs));
  return resultOf(bot, request, signal, log);
};
