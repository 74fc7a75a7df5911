import type { Account } from "../../lib/account/account.ts";
import type { AccountIndex } from "../../lib/account/account-index.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { readTelnyxStatus } from "../../lib/phone/carriers/telnyx/telnyx-status.ts";
import { verifyTelnyxSignature } from "../../lib/phone/carriers/telnyx/telnyx-signature.ts";
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
  /** Telnyx's key for webhooks, base64; undefined: nobody has a contract with it. */
  readonly telnyxPublicKey: () => Promise<string | undefined>;
  readonly index: AccountIndex;
};

const maxBytes = 64 * 1024;

/**
 * POST /v1/calls/{carrier}/status. Signed by the carrier, or refused. It moves the fallback on where a call failed, and
 * can do nothing else: no status ever approves anything.
 */
export const callStatus = ({ services, telnyxPublicKey, index }: CallStatusDeps): HttpHandler =>
  httpHandler(
    services,
    async ({ body, isBase64Encoded, headers, pathParameters, requestContext }) => {
      if (pathParameters?.["carrier"] !== "telnyx") return problem("not_found");
      const raw = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
      if (raw.length > maxBytes) return problem("payload_too_large");
      const publicKey = await telnyxPublicKey();
      const signed = {
        signature: headers["telnyx-signature-ed25519"],
        timestamp: headers["telnyx-timestamp"],
        rawBody: raw,
      };
      if (!publicKey || !verifyTelnyxSignature(publicKey, signed, services.now())) {
        services.log.warn("call_status_refused", { ip: requestContext.http.sourceIp });
        return problem("unauthenticated");
      }
      const news = readTelnyxStatus(raw.toString("utf8"));
      if (news?.status !== "failed") return answer(200, null);
      const { reference } = news;
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
      // Faster than the answer to the request that placed the call: the carrier tells it again in a moment.
      return decided?.outcome.kind === "early"
        ? problem("busy", { retryAfter: 1 })
        : answer(200, null);
    },
  );

/** Whether a call is on its way whose reference has not been kept yet. */
const isPlacing = (account: Account): boolean =>
  [...fallbacksOf(account).values()].some((fallback) => fallback.sends.at(-1)?.state === "placing");
