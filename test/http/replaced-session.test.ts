import { expect, test } from "vitest";
import { newPerson, newSecuredPerson, signedIn, signedInTwice } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

// ASVS 5.0 7.2.4, requirement 31: a new token at sign-in, the old one dies.
test("signing in again in a browser ends the session that it had", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  const thief = browser.copy();
  await signedIn(service, person, browser);
  expect((await thief.get("/v1/session")).code).toBe("unauthenticated");
});

test("signing in again with a code ends it too", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  const thief = browser.copy();
  await signedInTwice(service, person, app, browser);
  expect((await thief.get("/v1/session")).code).toBe("unauthenticated");
});
