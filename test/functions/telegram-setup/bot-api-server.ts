import * as z from "zod/mini";
import { aServer, type Reply } from "./loopback.ts";

export const token = "123456789:AAabcdefghijklmnopqrstuvwxyz_-01234";

export type Call = { method: string; payload: Record<string, unknown> };
/** What is answered instead of what Telegram would; undefined: nothing. */
export type Instead = (call: Call) => Reply | undefined;

/** A Bot API that knows one bot, @Example_bot, by `token`, its webhook, and its commands by language ("": for everybody else). `gone`: somebody who was left hanging gave up. */
export async function aBotApi(instead: Instead = () => undefined) {
  const calls: Call[] = [];
  const gone = Promise.withResolvers<true>();
  const state = { webhookUrl: "", commands: new Map<unknown, unknown>() };
  const answer = (path: string, call: Call): Reply => {
    if (!path.startsWith(`/bot${token}/`)) return refusal(401, "Unauthorized");
    switch (call.method) {
      case "getMe":
        return result({ id: 123456789, is_bot: true, username: "Example_bot" });
      case "getWebhookInfo":
        return result({ url: state.webhookUrl, pending_update_count: 0 });
      case "setWebhook":
        state.webhookUrl = String(call.payload["url"]);
        return result(true);
      case "deleteWebhook":
        state.webhookUrl = "";
        return result(true);
      case "setMyCommands":
        state.commands.set(call.payload["language_code"] ?? "", call.payload["commands"]);
        return result(true);
      case "deleteMyCommands":
        state.commands.delete(call.payload["language_code"] ?? "");
        return result(true);
      default:
        return refusal(404, "Not Found");
    }
  };
  const url = await aServer(
    ({ path, body }) => {
      const payload = z
        .record(z.string(), z.unknown())
        .parse(body === "" ? {} : (JSON.parse(body) as unknown));
      const call = { method: path.slice(path.lastIndexOf("/") + 1), payload };
      calls.push(call);
      return instead(call) ?? answer(path, call);
    },
    () => gone.resolve(true),
  );
  return {
    url,
    calls,
    state,
    gone: gone.promise,
    methods: () => calls.map(({ method }) => method),
  };
}

export const result = (value: unknown): Reply => ({
  status: 200,
  body: JSON.stringify({ ok: true, result: value }),
});

export const refusal = (code: number, description: string, parameters?: object): Reply => ({
  status: code,
  body: JSON.stringify({ ok: false, error_code: code, description, parameters }),
});
