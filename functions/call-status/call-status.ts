import type { Account } from "../../lib/account/account.ts";
import type { AccountIndex } from "../../lib/account/account-index.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import type { CarrierCredentials } from "../../lib/phone/carriers/carrier-settings.ts";
import { isCarrierName } from "../../lib/phone/carriers/carriers.ts";
import { callsBack, readCallback } from "../../lib/phone/carriers/read-callback.ts";
import { answer } from "../../lib/http/answer.ts";
import { httpHandler, type HttpHandler } from "../../lib/http/http-function.ts";
import { problem } from "../../lib/http/problem.ts";
import type { AccountServices } from "../../lib/account/services.ts";
import type { Gateway } from "../../lib/http/http-services.ts";
import { contextOf } from "../../lib/account/account.ts";
import { markFailed } from "../../lib/phone/fallback/record-attempt.ts";
import { fallbacksOf } from "../../lib/phone/fallback/owner.ts";

export type CallStatusDeps = {
  readonly services: AccountServices & Gateway;
  readonly credentials: () => Promise<CarrierCredentials>;
  readonly index: AccountIndex;
};

const maxBytes = 64 * 1024;

/**
 * POST /v1/calls/{carrier}/status. Refuses a request that the carrier did not sign. It moves the fallback on where a
 * call failed, and can do nothing else: no status ever approves anything.
 */
export const callStatus = ({ services, credentials, index }: CallStatusDeps): HttpHandler =>
  httpHandler(
    services,
    async ({ body, isBase64Encoded, headers, pathParameters, requestContext }) => {
      const carrier = pathParameters?.["carrier"] ?? "";
      if (!isCarrierName(carrier) || !callsBack(carrier)) return problem("not_found");
      const rawBody = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
      if (rawBody.length > maxBytes) return problem("payload_too_large");
      const { [carrier]: own } = await credentials();
      const read = readCallback(carrier, own, { headers, rawBody }, services.now());
      if (read.kind === "not_genuine") {
        services.log.warn("call_status_refused", { carrier, ip: requestContext.http.sourceIp });
        return problem("unauthenticated");
      }
      if (read.kind === "no_news" || read.news.status !== "failed") return answer(200, null);
      const { reference } = read.news;
      const accountId = await index.find("call", hashToken(reference));
      if (!accountId) return answer(200, null);
      const context = contextOf(services, services.now());
      const decided = await services.decide(accountId, (account) => {
        const owner = [...fallbacksOf(account)].find(([, fallback]) =>
          fallback.sends.some((send) => send.reference === reference),
        );
        return owner
          ? markFailed(account, { ownerId: owner[0], reference }, context)
          : { account, outcome: { kind: isPlacing(account) ? "early" : "stale" } };
      });
      // The carrier was faster than its answer to the request that placed the call. It tells it again in a moment.
      return decided?.outcome.kind === "early"
        ? problem("busy", { retryAfter: 1 })
        : answer(200, null);
    },
  );

/** Whether a call is on its way whose reference has not been recorded yet. */
const isPlacing = (account: Account): boolean =>
  [...fallbacksOf(account).values()].some((fallback) => fallback.sends.at(-1)?.state === "placing");
