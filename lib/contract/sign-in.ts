import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Email, Password } from "./fields.ts";
import { challengeExample, SecondStep } from "./views.ts";

export const signIn = contract({
  operation: "signIn",
  method: "POST",
  path: "/v1/sign-in",
  summary: "Mail and password; with the second step on they lead to a challenge only",
  credential: "none",
  body: z.strictObject({ email: Email, password: Password }),
  answers: {
    200: z.discriminatedUnion("status", [z.object({ status: z.literal("signed_in") }), SecondStep]),
  },
  problems: ["invalid_credentials", "too_many_attempts"],
  examples: {
    body: { email: "ann@example.com", password: "correct-horse-battery" },
    answers: { 200: { status: "second_step", challenge: challengeExample } },
  },
});
