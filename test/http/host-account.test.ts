import { expect, test } from "vitest";
import { newSecuredPerson, signedIn, signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

test("the host changes, reads and resets an account", async () => {
  const { host } = service;
  const { person, browser } = await newSecuredPerson(service);
  const at = `/v1/accounts/${person.id}`;
  expect((await host.get(at)).body).toMatchObject({ secondStep: true });
  const moved = { ...person, email: `moved-${person.email}` };
  expect((await host.put(at, { email: moved.email, locale: "uk" })).status).toBe(200);
  expect((await browser.get("/v1/session")).body).toMatchObject({
    account: { email: moved.email, locale: "uk" },
  });
  expect(
    (await host.post(`${at}/reset`, { reason: "Identity shown at the desk" })).body,
  ).toMatchObject({
    secondStep: false,
    authenticators: [],
  });
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");
  expect((await signIn(person, browser)).code).toBe("invalid_credentials");
  await signedIn(service, moved);
});
