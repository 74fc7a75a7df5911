import * as z from "zod/mini";
import { readLanguages } from "../../lib/settings/languages.ts";
import type { CustomResource, Result, Wanted } from "../../lib/runtime/custom-resource.ts";
import { removeWebhook, sameUsername, setUpBot } from "../../lib/telegram/set-up-bot.ts";
import { botApi } from "./bot-api.ts";
import { tellFault } from "./tell-fault.ts";

export type KeepBotDeps = {
  /** Read again for each request: an operator may have put it there a minute ago. */
  readonly botToken: () => Promise<string>;
  readonly webhookSecret: () => Promise<string>;
  readonly pauseMs: number;
};

const Properties = z.object({
  WebhookUrl: z.url(),
  BotUsername: z.string(),
  ApiRoot: z.url(),
  /** A stack of an earlier version had none, and offered all languages. */
  Languages: z.optional(z.string()),
});
type Properties = z.infer<typeof Properties>;

const tokenSecret = "the secret that the output TelegramBotTokenSecret names";

/** Keeps the bot's webhook and commands as the stack says. */
export const keepBot = (deps: KeepBotDeps): CustomResource => ({
  name: "telegram_setup",
  physicalId: "telegram-bot",

  act(request, signal) {
    const wanted = Properties.parse(request.ResourceProperties);
    switch (request.RequestType) {
      case "Create":
        return setUp(deps, wanted, undefined, signal);
      case "Update":
        return setUp(deps, wanted, Properties.parse(request.OldResourceProperties), signal);
      case "Delete":
        return remove(deps, wanted, signal);
    }
  },

  giveUp(request, fault) {
    const told = tellFault(fault, apiRootOf(request));
    return request.RequestType === "Delete"
      ? // If Telegram is away, a stack that cannot be destroyed is worse than a webhook that calls nobody.
        done(`The webhook may still be set. ${told}`)
      : failed(told);
  },
});

const setUp = async (
  deps: KeepBotDeps,
  wanted: Properties,
  before: Properties | undefined,
  signal: AbortSignal,
): Promise<Result> => {
  if (wanted.BotUsername === "") return switchOff(deps, before, signal);
  const token = await readToken(deps);
  switch (token.kind) {
    case "unset":
      return done(
        `Telegram does not work yet: the bot's token is missing. Put it into ${tokenSecret}, then call take_up_bot (docs/deploy.md).`,
      );
    case "malformed":
      return failed(
        `What is in ${tokenSecret} is no bot token: digits, a colon, and letters, without blanks or line ends.`,
      );
    case "token":
      break;
  }
  const botChanged = !before || !sameUsername(before.BotUsername, wanted.BotUsername);
  const outcome = await setUpBot(
    botApi({ apiRoot: wanted.ApiRoot, token: token.value, pauseMs: deps.pauseMs, signal }),
    {
      webhookUrl: wanted.WebhookUrl,
      webhookSecret: await deps.webhookSecret(),
      username: wanted.BotUsername,
      languages: readLanguages(wanted.Languages),
      dropPending: botChanged,
    },
  );
  switch (outcome.kind) {
    case "another_bot":
      return failed(
        `The token in ${tokenSecret} is that of @${outcome.username}, but telegram.botUsername is ${wanted.BotUsername}.`,
      );
    case "set_up":
      return done(
        [
          `@${outcome.username} reports to ${wanted.WebhookUrl}.`,
          ...leftBehind(before, wanted),
        ].join(" "),
      );
  }
};

/** Tells what only the earlier token or server could undo. */
const leftBehind = (before: Properties | undefined, now: Properties): string[] => {
  if (!before?.BotUsername) return [];
  const sameBot = sameUsername(before.BotUsername, now.BotUsername);
  if (sameBot && before.ApiRoot === now.ApiRoot) return [];
  return [
    `@${before.BotUsername} at ${before.ApiRoot} may still report here: call deleteWebhook there with its token.`,
  ];
};

const switchOff = async (
  deps: KeepBotDeps,
  before: Properties | undefined,
  signal: AbortSignal,
): Promise<Result> => {
  const how =
    "Telegram is off. To switch it on, deploy with telegram.botUsername (docs/deploy.md).";
  if (!before?.BotUsername) return done(how);
  try {
    const removed = await remove(deps, before, signal);
    return removed.kind === "done" ? done(`${how} ${removed.status}`) : removed;
  } catch (fault) {
    return done(`${how} The webhook may still be set. ${tellFault(fault, before.ApiRoot)}`);
  }
};

const remove = async (
  deps: KeepBotDeps,
  { BotUsername, WebhookUrl, ApiRoot }: Properties,
  signal: AbortSignal,
): Promise<Result> => {
  if (BotUsername === "") return done("There was no bot.");
  const token = await readToken(deps);
  if (token.kind !== "token") return done("There was no token, so no webhook was set.");
  const api = botApi({ apiRoot: ApiRoot, token: token.value, pauseMs: deps.pauseMs, signal });
  switch (await removeWebhook(api, WebhookUrl)) {
    case "removed":
      return done("The webhook was removed.");
    case "not_ours":
      return done("The webhook was left alone: the bot reports elsewhere, or to nobody.");
  }
};

const readToken = async ({ botToken }: KeepBotDeps) => {
  const value = await botToken();
  if (value.startsWith("unset-")) return { kind: "unset" } as const;
  if (!/^[0-9]+:[A-Za-z0-9_-]+$/.test(value)) return { kind: "malformed" } as const;
  return { kind: "token", value } as const;
};

const apiRootOf = ({ ResourceProperties }: Wanted) =>
  Properties.safeParse(ResourceProperties).data?.ApiRoot ?? "an unknown address";

const done = (status: string): Result => ({ kind: "done", status });
const failed = (reason: string): Result => ({ kind: "failed", reason });
