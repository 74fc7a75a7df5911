import type { Answer } from "../../../aws/http/answer.ts";
import { hang } from "../../../aws/http/hang.ts";
import type { GatewayRequest } from "../../../aws/http/request.ts";
import type { ChatChange } from "../chats/chat.ts";
import type { MethodContext } from "../methods/method.ts";
import { findMethod } from "../methods/methods.ts";
import { badRequest, failed, notFound, unauthorized } from "../wire/outcome.ts";
import type { Outcome } from "../wire/outcome.ts";
import { readParameters } from "../wire/parameters.ts";
import { failureWith, proxyError } from "./faults.ts";
import type { Faults } from "./faults.ts";
import type { GetUpdates } from "./get-updates.ts";

export type BotApiDeps = {
  context: () => MethodContext;
  faults: Pick<Faults, "next">;
  getUpdates: GetUpdates;
  record: (changes: readonly ChatChange[]) => void;
};

/** Answers `/bot<token>/<method>` as api.telegram.org does. */
export function answerBotApi(
  deps: BotApiDeps,
): (request: GatewayRequest, gone: AbortSignal) => Promise<Answer> {
  return async (request, gone) => {
    const [, token, name] = /^\/bot([^/]+)\/([^/]+)$/.exec(decodePath(request.path)) ?? [];
    if (token === undefined || name === undefined || !token.includes(":")) return render(notFound);
    if (token !== deps.context().bot.token) return render(unauthorized);

    const fault = deps.faults.next();
    if (fault && "hangSeconds" in fault) {
      await hang(fault.hangSeconds * 1000, gone);
      // The caller has hung up meanwhile, so its call has no effect.
      if (gone.aborted) return render(failed(499, "Client Closed Request"));
    } else if (fault) {
      return proxyError(fault.status) ?? render(failureWith(fault.status, fault.retryAfter));
    }
    return render(await call(name, request, deps, gone));
  };
}

async function call(
  name: string,
  request: GatewayRequest,
  { context, getUpdates, record }: BotApiDeps,
  gone: AbortSignal,
): Promise<Outcome> {
  const parameters = await readParameters(request);
  if (!parameters) return badRequest("can't parse the request's body");
  if (name.toLowerCase() === "getupdates") return getUpdates(parameters, gone);
  const method = findMethod(name);
  if (!method) return failed(404, "Not Found: method not found");
  const outcome = method(parameters, context());
  if (outcome.kind === "done") record(outcome.changes);
  return outcome;
}

function render(outcome: Outcome): Answer {
  const headers = { "content-type": "application/json" };
  if (outcome.kind === "done") {
    const { result, description } = outcome;
    const body = { ok: true, result, ...(description === undefined ? {} : { description }) };
    return { status: 200, headers, body: JSON.stringify(body) };
  }
  const { status, description, parameters } = outcome;
  const retryAfter = parameters?.retry_after;
  return {
    status,
    headers: {
      ...headers,
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({
      ok: false,
      error_code: status,
      description,
      ...(parameters ? { parameters } : {}),
    }),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
