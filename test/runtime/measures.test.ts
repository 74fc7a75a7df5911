import { expect, test } from "vitest";
import type { Send } from "../../lib/account/fallback.ts";
import { measuresOf } from "../../lib/runtime/measures.ts";
import { aChallenge } from "../support/challenge.ts";
import { aPhoneAccount } from "../phone/fallback/support/world.ts";
import { aFallback, aSend } from "../support/phones.ts";

const withSend = (given: Partial<Send>) =>
  aPhoneAccount({
    challenges: [aChallenge({ fallback: aFallback({ sends: [aSend(given)] }) })],
  });
const undelivered = (before: Partial<Send>, after: Partial<Send>) =>
  measuresOf(withSend(before), withSend(after)).filter(({ name }) => name === "CallUndelivered");

test("a call on its way that its carrier reports as failed is undelivered, once", () => {
  expect(undelivered({ state: "placed" }, { state: "failed" })).toMatchObject([{ value: 1 }]);
  expect(undelivered({ state: "failed" }, { state: "failed" })).toEqual([]);
});

test("a call that no carrier took, and an SMS, are counted where they were refused", () => {
  expect(undelivered({ state: "placing" }, { state: "failed" })).toEqual([]);
  const sms = { channel: "sms" } as const;
  expect(undelivered({ ...sms, state: "placed" }, { ...sms, state: "failed" })).toEqual([]);
});
