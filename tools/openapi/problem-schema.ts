import { problems } from "../../lib/contract/problems.ts";
import { passwordFaults } from "../../lib/http/refuse-password.ts";

const mail = { $ref: "#/components/schemas/AccountMail" };

/** The part of `components.schemas` that every problem shares (RFC 9457). */
export const problemSchemas = {
  Problem: {
    type: "object",
    description: "RFC 9457. Switch on `code`; titles may change.",
    required: ["type", "title", "status", "code", "requestId"],
    properties: {
      type: { type: "string", description: "`/problems/` and the code" },
      title: { type: "string" },
      status: { type: "integer" },
      code: { $ref: "#/components/schemas/ProblemCode" },
      detail: { type: "string" },
      requestId: { type: "string", description: "Names the request in the operator's logs" },
      retryAfter: { type: "integer", description: "Seconds; also the header Retry-After" },
      attemptsLeft: { type: "integer", description: "Wrong codes until the challenge is locked" },
      clock: { $ref: "#/components/schemas/ClockOffset" },
      account: { ...mail, description: "Whose challenge it is" },
      session: { ...mail, description: "Who is signed in in this browser instead" },
      errors: { type: "array", items: { $ref: "#/components/schemas/FieldError" } },
    },
  },
  ProblemCode: {
    type: "string",
    description: "Every code of the API. Each response has a type of those that come with it.",
    enum: Object.keys(problems),
  },
  AccountMail: {
    type: "object",
    required: ["email"],
    properties: { email: { type: "string" } },
  },
  ClockOffset: {
    type: "object",
    description: "The code would have been right at another time: the phone's clock is off",
    required: ["offsetSeconds", "serverTime"],
    properties: {
      offsetSeconds: { type: "integer", description: "Negative: the phone is behind" },
      serverTime: { type: "string", format: "date-time" },
    },
  },
  FieldError: {
    type: "object",
    required: ["pointer", "detail"],
    properties: {
      pointer: { type: "string", description: "JSON pointer (RFC 6901) to the field" },
      detail: { type: "string" },
      reason: { $ref: "#/components/schemas/PasswordFault" },
    },
  },
  PasswordFault: {
    type: "string",
    description: "Why a new password is refused, whatever its length. Stable.",
    enum: Object.keys(passwordFaults),
  },
};
