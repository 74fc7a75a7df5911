import type { WebhookInfo } from "grammy/types";
import * as z from "zod/mini";
import { seconds } from "../chats/api-objects.ts";
import type { ChatState } from "../chats/chat-state.ts";
import type { ChatChange, Webhook } from "../chats/chat.ts";
import { badRequest, done } from "../wire/outcome.ts";
import { flagOf, integerOf, structureOf, textOf } from "../wire/parameters.ts";
import type { Parameters } from "../wire/parameters.ts";
import type { Method, MethodContext } from "./method.ts";

const DEFAULT_CONNECTIONS = 40;
const MAX_CONNECTIONS = 100;
const THIS_MACHINE = ["127.0.0.1", "localhost"];

export const setWebhook: Method = (parameters, context) => {
  const url = textOf(parameters["url"]);
  if (url === "") return deleteWebhook(parameters, context);
  const secretToken = textOf(parameters["secret_token"]);
  if (secretToken.length > 256) return badRequest("secret token is too long");
  if (!/^[A-Za-z0-9_-]*$/.test(secretToken))
    return badRequest("secret token contains unallowed characters");
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return badRequest("invalid webhook URL specified");
  // Telegram itself wants https. Here the webhook must be on this machine, because what people write must not leave it.
  if (!THIS_MACHINE.includes(new URL(url).hostname))
    return badRequest("bad webhook: the local fake of Telegram only calls this machine");

  const asked = integerOf(parameters["max_connections"]) ?? DEFAULT_CONNECTIONS;
  const maxConnections = Math.min(Math.max(asked, 1), MAX_CONNECTIONS);
  const webhook = { url, secretToken, maxConnections };
  const { description, changes } = change(parameters, context.state, webhook);
  return { kind: "done", result: true, description, changes };
};

export const deleteWebhook: Method = (parameters, { state }) => ({
  kind: "done",
  result: true,
  description: state.webhook ? "Webhook was deleted" : "Webhook is already deleted",
  changes: [{ kind: "webhook", webhook: null }, ...droppedUpdates(parameters, state)],
});

export const getWebhookInfo: Method = (_, context) => done(describe(context));

/** The update types that a call asks for. If it does not name any, the earlier types stay. */
export function allowedUpdates(parameters: Parameters): ChatChange[] {
  const types = z.array(z.string()).safeParse(structureOf(parameters["allowed_updates"]));
  return types.success ? [{ kind: "allowed_updates", types: types.data }] : [];
}

function change(
  parameters: Parameters,
  state: Readonly<ChatState>,
  webhook: Webhook,
): { description: string; changes: ChatChange[] } {
  const { url, secretToken, maxConnections } = state.webhook ?? {};
  const same =
    url === webhook.url &&
    secretToken === webhook.secretToken &&
    maxConnections === webhook.maxConnections &&
    !flagOf(parameters["drop_pending_updates"]);
  return {
    description: same ? "Webhook is already set" : "Webhook was set",
    changes: [
      ...droppedUpdates(parameters, state),
      ...(same ? [] : [{ kind: "webhook" as const, webhook }]),
      ...allowedUpdates(parameters),
    ],
  };
}

function droppedUpdates(parameters: Parameters, { pending }: Readonly<ChatState>): ChatChange[] {
  if (!flagOf(parameters["drop_pending_updates"])) return [];
  return [...pending.keys()].map((id) => ({ kind: "update_done", id }));
}

function describe({ state }: MethodContext): WebhookInfo {
  const { webhook, pending, allowedUpdates: types } = state;
  return {
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: pending.size,
    ...(webhook?.lastError
      ? {
          last_error_date: seconds(webhook.lastError.at),
          last_error_message: webhook.lastError.message,
        }
      : {}),
    ...(webhook ? { max_connections: webhook.maxConnections } : {}),
    ...(types.length > 0
      ? { allowed_updates: types as NonNullable<WebhookInfo["allowed_updates"]> }
      : {}),
  };
}
