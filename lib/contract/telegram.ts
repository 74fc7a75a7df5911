import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Id, Time } from "./fields.ts";
import { securityExample, SecurityView } from "./views.ts";

export const beginTelegramLink = contract({
  operation: "beginTelegramLink",
  method: "POST",
  path: "/v1/telegram",
  summary: "A link that opens the bot, to link a Telegram account",
  credential: "fresh_session",
  answers: { 201: z.object({ id: Id, url: z.string(), qr: z.string(), expiresAt: Time }) },
  problems: ["limit_reached", "method_unavailable"],
  examples: {
    answers: {
      201: {
        id: "link_9sK2",
        url: "https://t.me/twostep_bot?start=Zk3vR1y8sT0uW5xQ2bN7cA",
        qr: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 41 41">…</svg>',
        expiresAt: "2026-11-24T10:10:00.000Z",
      },
    },
  },
});

export const readTelegramLink = contract({
  operation: "readTelegramLink",
  method: "GET",
  path: "/v1/telegram/links/{id}",
  summary: "Whether somebody has opened the link in Telegram, and who",
  credential: "session",
  answers: {
    200: z.object({
      status: z.enum(["waiting", "answered", "linked", "expired"]),
      name: z.optional(z.string()),
    }),
  },
  problems: [],
  examples: { answers: { 200: { status: "answered", name: "Ann (@ann)" } } },
});

export const confirmTelegramLink = contract({
  operation: "confirmTelegramLink",
  method: "POST",
  path: "/v1/telegram/links/{id}/confirm",
  summary: "Links who answered and switches Telegram on; every other session ends",
  credential: "fresh_session",
  answers: { 200: SecurityView },
  problems: ["link_unanswered", "link_expired", "limit_reached"],
  examples: { answers: { 200: securityExample } },
});

export const switchTelegram = contract({
  operation: "switchTelegram",
  method: "PUT",
  path: "/v1/telegram",
  summary: "Switches Telegram on or off; linked accounts stay, every other session ends",
  credential: "fresh_session",
  body: z.strictObject({ enabled: z.boolean() }),
  answers: { 200: SecurityView },
  problems: ["no_telegram_account"],
  examples: { body: { enabled: true }, answers: { 200: securityExample } },
});

export const unlinkTelegram = contract({
  operation: "unlinkTelegram",
  method: "DELETE",
  path: "/v1/telegram/accounts/{id}",
  summary: "Unlinks a Telegram account; every other session ends",
  credential: "fresh_session",
  repeatable: true,
  answers: { 200: SecurityView },
  problems: [],
  examples: {
    answers: { 200: { ...securityExample, telegram: { enabled: false, accounts: [] } } },
  },
});
