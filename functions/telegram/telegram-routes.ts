import {
  newTelegramAccountId,
  newTelegramLinkId,
  parseTelegramAccountId,
  parseTelegramLinkId,
} from "../../lib/account/ids.ts";
import { securityView } from "../../lib/whole-account/security-view.ts";
import * as contracts from "../../lib/contract/telegram.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { beginTelegramLink } from "../../lib/telegram/begin-telegram-link.ts";
import { switchTelegram, unlinkTelegram } from "../../lib/telegram/change-telegram.ts";
import { confirmTelegramLink } from "../../lib/telegram/confirm-telegram-link.ts";
import { qrSvg } from "../../lib/totp/otpauth.ts";
import { linkStatusAt } from "../../lib/account/telegram.ts";
import { answer } from "../../lib/http/answer.ts";
import { decideAs, decideOnceAs } from "../../lib/http/decide-as.ts";
import { problem } from "../../lib/http/problem.ts";
import { readRoute, route } from "../../lib/http/route.ts";
import { contextOf } from "../../lib/account/account.ts";
import type { AccountIndex } from "../../lib/account/account-index.ts";

export type TelegramDeps = {
  readonly index: AccountIndex;
  /** Empty: this deployment has no bot. */
  readonly botUsername: string;
};

/** POST /v1/telegram */
export const beginTelegramLinkRoute = ({ index, botUsername }: TelegramDeps) =>
  route(contracts.beginTelegramLink, async (request) => {
    const { services, session, now } = request;
    if (botUsername === "") return problem("method_unavailable");
    // 128 bits, in the alphabet and length that Telegram's `start` takes.
    const token = services.random(16).toString("base64url");
    const begun = { id: newTelegramLinkId(services), tokenHash: hashToken(token) };
    const end = now + services.limits.telegram.linkLifeSeconds * 1000;
    await index.put("link", begun.tokenHash, session.accountId, end);
    const { outcome } = await decideAs(services, request, (account) =>
      beginTelegramLink(account, begun, contextOf(services, now)),
    );
    switch (outcome.kind) {
      case "begun": {
        const url = `https://t.me/${botUsername}?start=${token}`;
        const expiresAt = new Date(outcome.expiresAt).toISOString();
        return answer(201, { id: begun.id, url, qr: qrSvg(url), expiresAt });
      }
      case "limit_reached":
      case "unauthenticated":
        return problem(outcome.kind);
    }
  });

/** GET /v1/telegram/links/{id} */
export const readTelegramLinkRoute = readRoute(
  contracts.readTelegramLink,
  ({ loaded, params, now }) => {
    const { link } = loaded.value.telegram;
    if (link?.id !== parseTelegramLinkId(params["id"]) || !link) {
      return Promise.resolve(problem("not_found"));
    }
    const status = linkStatusAt(link, now);
    return Promise.resolve(answer(200, { status, ...(link.answer && { name: link.answer.name }) }));
  },
);

/** POST /v1/telegram/links/{id}/confirm */
export const confirmTelegramLinkRoute = route(contracts.confirmTelegramLink, async (request) => {
  const { services, session, client, params, now } = request;
  const linkId = parseTelegramLinkId(params["id"]);
  if (!linkId) return problem("not_found");
  const newId = newTelegramAccountId(services);
  const { outcome, account } = await decideAs(services, request, (current) =>
    confirmTelegramLink(
      current,
      { linkId, newId, sessionId: session.id, client },
      contextOf(services, now),
    ),
  );
  return outcome.kind === "linked" ? answer(200, securityView(account)) : problem(outcome.kind);
});

/** PUT /v1/telegram */
export const switchTelegramRoute = route(contracts.switchTelegram, async (request) => {
  const { services, session, client, body, now } = request;
  const { outcome, account } = await decideAs(services, request, (current) =>
    switchTelegram(
      current,
      { enabled: body.enabled, sessionId: session.id, client },
      contextOf(services, now),
    ),
  );
  return outcome.kind === "switched" ? answer(200, securityView(account)) : problem(outcome.kind);
});

/** DELETE /v1/telegram/accounts/{id} */
export const unlinkTelegramRoute = route(contracts.unlinkTelegram, async (request) => {
  const { session, client, params } = request;
  const id = parseTelegramAccountId(params["id"]);
  if (!id) return problem("not_found");
  const { outcome, account } = await decideOnceAs(request, ["unlinked"], (current, context) =>
    unlinkTelegram(current, { id, sessionId: session.id, client }, context),
  );
  return outcome.kind === "unlinked" ? answer(200, securityView(account)) : problem(outcome.kind);
});
