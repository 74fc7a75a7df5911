import * as z from "zod/mini";
import { contract } from "./contract.ts";
import { Id, PhoneCode } from "./fields.ts";
import { securityExample, SecurityView, Sent, sentExample } from "./views.ts";

const Enrolment = z.object({ id: Id, masked: z.string(), sent: z.nullable(Sent) });
const enrolmentExample = { id: "phone_4Qw8", masked: "+380 ** *** ** 42", sent: sentExample };

export const addPhone = contract({
  operation: "addPhone",
  method: "POST",
  path: "/v1/phones",
  summary: "Begins a phone number and calls it",
  credential: "fresh_session",
  body: z.strictObject({
    number: z.string().check(z.regex(/^[0-9+ ()./-]{1,40}$/, "must be a phone number")),
  }),
  answers: { 201: Enrolment },
  problems: [
    "second_step_required",
    "invalid_number",
    "country_not_allowed",
    "limit_reached",
    "too_early",
    "no_way_left",
  ],
  examples: { body: { number: "+380501234542" }, answers: { 201: enrolmentExample } },
});

export const callPhone = contract({
  operation: "callPhone",
  method: "POST",
  path: "/v1/phones/{id}/call",
  summary: "Another call to a number that is being confirmed, or the SMS instead",
  credential: "fresh_session",
  answers: { 202: Enrolment },
  problems: ["second_step_required", "enrolment_expired", "too_early", "no_way_left"],
  examples: { answers: { 202: enrolmentExample } },
});

export const confirmPhone = contract({
  operation: "confirmPhone",
  method: "POST",
  path: "/v1/phones/{id}/confirm",
  summary: "Confirms a number by the code that was sent to it; every other session ends",
  credential: "fresh_session",
  repeatable: true,
  body: z.strictObject({ code: PhoneCode }),
  answers: { 200: SecurityView },
  problems: [
    "wrong_code",
    "too_many_attempts",
    "method_unavailable",
    "code_unavailable",
    "second_step_required",
    "enrolment_expired",
  ],
  examples: { body: { code: "4821" }, answers: { 200: securityExample } },
});

export const removePhone = contract({
  operation: "removePhone",
  method: "DELETE",
  path: "/v1/phones/{id}",
  summary: "Removes a number; every other session ends",
  credential: "fresh_session",
  repeatable: true,
  answers: { 200: SecurityView },
  problems: [],
  examples: { answers: { 200: { ...securityExample, phones: { active: true, numbers: [] } } } },
});
