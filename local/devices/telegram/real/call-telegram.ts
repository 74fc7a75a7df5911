import * as z from "zod/mini";
import { parseJson } from "../../../aws/data/parse-json.ts";

/** The real bot's token, and the address of the Bot API. */
export type RealTelegram = { token: string; apiRoot: string };

export type CallResult =
  | { kind: "answered"; result: unknown }
  | { kind: "refused"; status: number; description: string; retryAfterSeconds: number }
  | { kind: "unreachable"; reason: string };

const ApiAnswer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string(),
    parameters: z.optional(z.object({ retry_after: z.optional(z.number()) })),
  }),
]);

/** Calls a method of the Bot API. No description and no reason that it returns holds the token. */
export async function callTelegram(
  { token, apiRoot }: RealTelegram,
  method: string,
  parameters: Record<string, unknown>,
  { limitSeconds, ended }: { limitSeconds: number; ended: AbortSignal },
): Promise<CallResult> {
  try {
    const response = await fetch(`${apiRoot}/bot${token}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(parameters),
      signal: AbortSignal.any([ended, AbortSignal.timeout(limitSeconds * 1000)]),
    });
    const answer = ApiAnswer.safeParse(parseJson(await response.text()));
    if (!answer.success)
      return { kind: "unreachable", reason: `it answered ${response.status}, not as the Bot API` };
    if (answer.data.ok) return { kind: "answered", result: answer.data.result };
    return {
      kind: "refused",
      status: answer.data.error_code,
      description: answer.data.description.replaceAll(token, "…"),
      retryAfterSeconds: answer.data.parameters?.retry_after ?? 0,
    };
  } catch (error) {
    return { kind: "unreachable", reason: reasonOf(error).replaceAll(token, "…") };
  }
}

/** The message of a fetch error says nothing; only its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "no answer in time";
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
