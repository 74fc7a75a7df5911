import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Id, Name, Time, TotpCode } from "./fields.ts";
import { securityExample, SecurityView } from "./views.ts";

export const enrolTotp = contract({
  operation: "enrolTotp",
  method: "POST",
  path: "/v1/totp",
  summary: "Begins an authenticator app; its secret is shown this once",
  credential: "fresh_session",
  body: z.strictObject({ name: z.optional(Name) }),
  answers: {
    201: z.object({ id: Id, secret: z.string(), uri: z.string(), qr: z.string(), expiresAt: Time }),
  },
  problems: ["limit_reached"],
  examples: {
    body: { name: "Phone" },
    answers: {
      201: {
        id: "auth_k3J9",
        secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        uri: "otpauth://totp/Twostep:ann%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Twostep",
        qr: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 49 49">…</svg>',
        expiresAt: "2026-11-24T10:10:00.000Z",
      },
    },
  },
});

export const confirmTotp = contract({
  operation: "confirmTotp",
  method: "POST",
  path: "/v1/totp/{id}/confirm",
  summary: "Confirms an authenticator with its first code; every other session ends",
  credential: "fresh_session",
  repeatable: true,
  body: z.strictObject({ code: TotpCode }),
  answers: { 200: SecurityView },
  problems: ["wrong_code", "enrolment_expired", "limit_reached"],
  examples: { body: { code: "492039" }, answers: { 200: securityExample } },
});

export const removeTotp = contract({
  operation: "removeTotp",
  method: "DELETE",
  path: "/v1/totp/{id}",
  summary: "Removes an authenticator; every other session ends",
  credential: "fresh_session",
  repeatable: true,
  answers: { 200: SecurityView },
  problems: [],
  examples: { answers: { 200: { ...securityExample, secondStep: false, authenticators: [] } } },
});
