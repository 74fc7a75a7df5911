import { expect, test } from "vitest";
import { eventClientSettings } from "../../lib/runtime/client-settings.ts";
import { challenged, newSecuredPerson } from "../support/service-people.ts";
import { storedSessions } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";

const service = await startService();

test("an event bus that hangs does not keep the session of a right code from being written", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const stored = await storedSessions(service, person.id);
  const bus = Promise.withResolvers<undefined>();
  service.bus.hanging = bus.promise;
  const entering = browser.post("/v1/challenge/totp", { code: app.nextCode() });
  await expect.poll(() => storedSessions(service, person.id)).toBe(stored + 1);
  bus.resolve(undefined);
  expect((await entering).status).toBe(200);
});

test("the event bus gets one try of half a second", () => {
  expect(eventClientSettings).toMatchObject({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 500, throwOnRequestTimeout: true },
  });
});
