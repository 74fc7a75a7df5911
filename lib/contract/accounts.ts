import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Email, LocaleField, NewPassword } from "./fields.ts";
import { securityExample, SecurityView } from "./views.ts";

const Reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

export const putAccount = contract({
  operation: "putAccount",
  method: "PUT",
  path: "/v1/accounts/{id}",
  summary:
    "Creates or changes an account; without a password the host checks the first step itself",
  credential: "host",
  body: z.strictObject({
    email: Email,
    password: z.optional(NewPassword),
    locale: z.optional(LocaleField),
  }),
  answers: { 200: SecurityView, 201: SecurityView },
  problems: ["email_taken"],
  examples: {
    body: { email: "ann@example.com", password: "correct-horse-battery", locale: "en" },
    answers: { 200: securityExample, 201: { ...securityExample, secondStep: false } },
  },
});

export const readAccount = contract({
  operation: "readAccount",
  method: "GET",
  path: "/v1/accounts/{id}",
  summary: "The security view of an account",
  credential: "host",
  answers: { 200: SecurityView },
  problems: [],
  examples: { answers: { 200: securityExample } },
});

export const resetAccount = contract({
  operation: "resetAccount",
  method: "POST",
  path: "/v1/accounts/{id}/reset",
  summary: "Removes all factors and ends all sessions of somebody who lost every way in",
  credential: "host",
  body: z.strictObject({ reason: Reason }),
  answers: { 200: SecurityView },
  problems: [],
  examples: {
    body: { reason: "Identity shown at the desk, ticket 1234" },
    answers: { 200: { ...securityExample, secondStep: false, authenticators: [] } },
  },
});
