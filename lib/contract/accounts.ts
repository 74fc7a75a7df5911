import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Email, GivenTime, Id, LocaleField, NewPassword, Time, Token } from "./fields.ts";
import { ChallengeStatus, SecondMethod, securityExample, SecurityView } from "./views.ts";

const Reason = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(200),
    z.regex(/^[^\p{C}]*$/u, "must not have control characters"),
  );

/** The person's browser: `device` in the host's own words, or the `User-Agent` that the host got. One of the two. */
const ofPerson = {
  ip: z.union([z.ipv4(), z.ipv6()], "must be an IP address"),
  device: z.optional(
    z
      .string()
      .check(
        z.trim(),
        z.minLength(1),
        z.maxLength(60),
        z.regex(/^[^\p{C}]*$/u, "must not have control characters"),
      ),
  ),
  userAgent: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(1000),
        z.regex(/^[^\p{C}]*$/u, "must not have control characters"),
      ),
  ),
};

const ReturnTo = z.optional(z.string().check(z.maxLength(2000), z.url("must be a URL")));

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

export const openAccountChallenge = contract({
  operation: "openAccountChallenge",
  method: "POST",
  path: "/v1/accounts/{id}/challenges",
  summary: "Asks for the second step of somebody whose first step the host has checked",
  credential: "host",
  body: z.strictObject({
    ...ofPerson,
    returnTo: ReturnTo,
  }),
  answers: {
    200: z.object({ status: z.literal("not_required") }),
    201: z.object({ challengeUrl: z.string(), challengeId: Id }),
  },
  problems: ["too_many_attempts"],
  examples: {
    body: {
      ip: "203.0.113.7",
      device: "Firefox on Windows",
      returnTo: "https://panel.example.com/",
    },
    answers: {
      200: { status: "not_required" },
      201: {
        challengeUrl:
          "https://panel.example.com/sign-in#challenge=acc_1.chal_7Vt0.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T",
        challengeId: "chal_7Vt0",
      },
    },
  },
});

export const readAccountChallenge = contract({
  operation: "readAccountChallenge",
  method: "GET",
  path: "/v1/accounts/{id}/challenges/{challengeId}",
  summary: "What became of a challenge that the host opened",
  credential: "host",
  answers: {
    200: z.object({ status: ChallengeStatus, method: z.optional(SecondMethod) }),
  },
  problems: [],
  examples: { answers: { 200: { status: "approved", method: "totp" } } },
});

export const cancelAccountChallenge = contract({
  operation: "cancelAccountChallenge",
  method: "DELETE",
  path: "/v1/accounts/{id}/challenges/{challengeId}",
  summary: "Gives up a challenge that the host opened; one that is over stays as it is",
  credential: "host",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});

export const createAccountSession = contract({
  operation: "createAccountSession",
  method: "POST",
  path: "/v1/accounts/{id}/sessions",
  summary: "A session of the Security tab for somebody whom the host has signed in",
  credential: "host",
  body: z.strictObject({ ...ofPerson, authenticatedAt: GivenTime, returnTo: ReturnTo }),
  answers: { 201: z.object({ url: z.string(), token: Token, expiresAt: Time }) },
  problems: [],
  examples: {
    body: {
      ip: "203.0.113.7",
      device: "Firefox on Windows",
      authenticatedAt: "2026-11-24T09:58:00.000Z",
      returnTo: "https://panel.example.com/security",
    },
    answers: {
      201: {
        url: "https://panel.example.com/sign-in#session=acc_1.tick_5Kd2.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T",
        token: "acc_1.tick_5Kd2.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T",
        expiresAt: "2026-11-24T10:01:00.000Z",
      },
    },
  },
});

export const endAccountSessions = contract({
  operation: "endAccountSessions",
  method: "DELETE",
  path: "/v1/accounts/{id}/sessions",
  summary: "Ends every session of an account, and every sign-in under way",
  credential: "host",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});

export const redeemGrant = contract({
  operation: "redeemGrant",
  method: "POST",
  path: "/v1/grants/redeem",
  summary:
    "Who passed the second step, told once to the host's back end; with an Idempotency-Key, again to the same caller",
  credential: "host",
  repeatable: true,
  body: z.strictObject({ grant: Token }),
  answers: {
    200: z.object({
      accountId: Id,
      method: SecondMethod,
      authenticatedAt: Time,
      challengeId: Id,
    }),
  },
  problems: ["not_found"],
  examples: {
    body: { grant: "acc_1.chal_7Vt0Zt1u0cY2.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T" },
    answers: {
      200: {
        accountId: "acc_1",
        method: "totp",
        authenticatedAt: "2026-11-24T10:00:00.000Z",
        challengeId: "chal_7Vt0",
      },
    },
  },
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
