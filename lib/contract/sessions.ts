import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Id, LocaleField, NewPassword, Password, Time, Token } from "./fields.ts";
import { SecondStep } from "./views.ts";

const Method = z.enum(["password", "host", "telegram", "totp", "call", "sms", "recovery_code"]);

export const readSession = contract({
  operation: "readSession",
  method: "GET",
  path: "/v1/session",
  summary: "Who is signed in here",
  credential: "session",
  answers: {
    200: z.object({
      account: z.object({ id: Id, email: z.string(), locale: LocaleField }),
      session: z.object({ id: Id, createdAt: Time, authenticatedAt: Time, method: Method }),
    }),
  },
  problems: [],
  examples: {
    answers: {
      200: {
        account: { id: "acc_1", email: "ann@example.com", locale: "en" },
        session: {
          id: "sess_9",
          createdAt: "2026-11-24T10:00:00.000Z",
          authenticatedAt: "2026-11-24T10:00:00.000Z",
          method: "totp",
        },
      },
    },
  },
});

export const openSession = contract({
  operation: "openSession",
  method: "POST",
  path: "/v1/sessions/open",
  summary: "Takes a session that a host asked for into this browser, by its token, once",
  credential: "none",
  repeatable: true,
  body: z.strictObject({ token: Token, replaceSession: z.optional(z.literal(true)) }),
  answers: {
    200: z.discriminatedUnion("status", [
      z.object({ status: z.literal("signed_in"), returnTo: z.optional(z.string()) }),
      SecondStep,
    ]),
  },
  problems: ["invalid_token", "session_of_another_account", "too_many_attempts"],
  examples: {
    body: { token: "acc_1.tick_5Kd2Zt1u0cY2.uR0hZ1xq3v0m7Qy2b9S4d6F8g1H3j5K7l9M1n3P5r7T" },
    answers: { 200: { status: "signed_in", returnTo: "https://panel.example.com/security" } },
  },
});

export const signOut = contract({
  operation: "signOut",
  method: "POST",
  path: "/v1/sign-out",
  summary: "Ends this session; the cookies go, whether it was live or not",
  credential: "none",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});

export const reauthenticate = contract({
  operation: "reauthenticate",
  method: "POST",
  path: "/v1/reauthentication",
  summary: "Proves again who is signed in; with the second step on, by a challenge",
  credential: "session",
  repeatable: true,
  renewsSession: true,
  body: z.strictObject({ password: z.optional(Password) }),
  answers: {
    200: z.discriminatedUnion("status", [
      z.object({ status: z.literal("reauthenticated") }),
      SecondStep,
    ]),
  },
  problems: ["invalid_credentials", "host_session_required", "too_many_attempts"],
  examples: {
    body: { password: "correct-horse-battery" },
    answers: { 200: { status: "reauthenticated" } },
  },
});

export const changePassword = contract({
  operation: "changePassword",
  method: "PUT",
  path: "/v1/password",
  summary: "A new password; every other session ends",
  credential: "fresh_session",
  body: z.strictObject({ password: NewPassword }),
  answers: { 204: null },
  problems: [],
  examples: { body: { password: "a longer one than before" }, answers: {} },
});

export const listSessions = contract({
  operation: "listSessions",
  method: "GET",
  path: "/v1/sessions",
  summary: "Every browser that is signed in",
  credential: "session",
  answers: {
    200: z.object({
      sessions: z.array(
        z.object({
          id: Id,
          current: z.boolean(),
          device: z.string(),
          ip: z.string(),
          createdAt: Time,
          lastSeenAt: Time,
          method: Method,
        }),
      ),
    }),
  },
  problems: [],
  examples: {
    answers: {
      200: {
        sessions: [
          {
            id: "sess_9",
            current: true,
            device: "Firefox on Windows",
            ip: "203.0.113.7",
            createdAt: "2026-11-24T10:00:00.000Z",
            lastSeenAt: "2026-11-24T10:05:00.000Z",
            method: "totp",
          },
        ],
      },
    },
  },
});

export const endSession = contract({
  operation: "endSession",
  method: "DELETE",
  path: "/v1/sessions/{id}",
  summary: "Ends one session",
  credential: "session",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});

export const endOtherSessions = contract({
  operation: "endOtherSessions",
  method: "DELETE",
  path: "/v1/sessions",
  summary: "Ends all sessions but this one",
  credential: "session",
  answers: { 204: null },
  problems: [],
  examples: { answers: {} },
});
