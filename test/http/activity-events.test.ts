import { expect, test } from "vitest";
import { readSecurity } from "../../lib/contract/security.ts";
import { newSecuredPerson, signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();

const entriesOf = async (id: string) => {
  const reply = await service.host.get(`/v1/accounts/${id}`);
  return readSecurity.answers[200].parse(reply.body).recentActivity;
};

test("every entry of recent activity is told on the bus once, with whose it is, and nothing else", async () => {
  const { person } = await newSecuredPerson(service);
  const told = service.told.filter(({ account }) => account === person.id);
  const entries = await entriesOf(person.id);
  // That a second step was opened is told as well; its entry says by now what became of it.
  expect(told.map(({ event }) => event).filter((event) => event !== "challenge_opened")).toEqual(
    entries.map(({ event }) => event).reverse(),
  );
  expect(told.length).toBeGreaterThan(1);
  for (const { at, ip, device, event, vocabulary, account, n, method, ...more } of told) {
    expect(n).toBeGreaterThan(0);
    expect(entries).toContainEqual({
      at: new Date(at).toISOString(),
      event,
      ip,
      device,
      ...(method && { method }),
    });
    expect([vocabulary, account]).toEqual([expect.stringMatching(/^(authn|user)_/), person.id]);
    expect(more).toEqual({});
  }
});

test("a bus that is down keeps nobody out: the line in the log stands, and another says what was not told", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  service.bus.down = true;
  const before = service.log.length;
  await signIn(person, browser);
  service.clock.advance(30);
  const done = await browser.post("/v1/challenge/totp", { code: app.code() });
  service.bus.down = false;
  expect(done.status).toBe(200);
  const lines = service.log.slice(before);
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: "authn_login_success",
      fields: expect.objectContaining({ activity: "signed_in", account: person.id }) as unknown,
    }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: "error",
      message: "activity_not_published",
      fields: expect.objectContaining({ activity: "signed_in", account: person.id }) as unknown,
    }),
  );
});
