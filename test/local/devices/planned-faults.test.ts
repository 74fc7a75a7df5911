import { expect, test } from "vitest";
import { createPlannedFaults } from "../../../local/devices/phones/phone-faults.ts";
import { createFaults } from "../../../local/devices/telegram/bot-api/faults.ts";

const nobody = () => undefined;

test("a lasting fault meets every call after the planned ones, until it is taken back", () => {
  const faults = createPlannedFaults(nobody);
  faults.plan({ calls: ["failed"], always: { calls: "lost" } });
  expect([faults.nextCall(), faults.nextCall(), faults.nextCall()]).toEqual([
    "failed",
    "lost",
    "lost",
  ]);
  expect(faults.nextSms()).toBeUndefined();
  faults.plan({ always: { calls: null } });
  expect(faults.nextCall()).toBeUndefined();
});

test("planning for SMS leaves the calls' plan alone", () => {
  const faults = createPlannedFaults(nobody);
  faults.plan({ calls: ["lost"], always: { calls: "carrier_down" } });
  faults.plan({ sms: ["throttled"], always: { sms: "lost" } });
  expect(faults.planned()).toEqual({
    calls: { next: ["lost"], always: "carrier_down" },
    sms: { next: ["throttled"], always: "lost" },
  });
});

test("Telegram fails for good until that is taken back, whatever is planned before", () => {
  const faults = createFaults(nobody);
  faults.plan([{ status: 500 }], { status: 429, retryAfter: 5 });
  expect([faults.next(), faults.next(), faults.next()]).toMatchObject([
    { status: 500 },
    { status: 429 },
    { status: 429 },
  ]);
  faults.plan([{ status: 403 }]);
  expect([faults.next(), faults.next()]).toMatchObject([{ status: 403 }, { status: 429 }]);
  faults.plan([], null);
  expect(faults.next()).toBeUndefined();
});
