import { expect, test } from "vitest";
import { readSecurity } from "../../lib/contract/security.ts";
import type { Browser } from "../support/service-browser.ts";
import { challenged, newPerson, newSecuredPerson, signIn } from "../support/service-people.ts";
import { writes } from "../support/service-storage.ts";
import { storedAccount } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock, host, telegram } = service;

const entriesOf = async (id: string) => {
  const reply = await host.get(`/v1/accounts/${id}`);
  return readSecurity.answers[200].parse(reply.body).recentActivity;
};
const eventsOf = async (id: string) => (await entriesOf(id)).map(({ event }) => event);
const toldOf = (id: string) =>
  service.told.filter(({ account }) => account === id).map(({ event }) => event);

test("a right password whose second step nobody finished is seen at once, and its end is told when its time is over", async () => {
  const { person } = await newSecuredPerson(service);
  const stranger = await challenged(service, person);
  expect((await entriesOf(person.id))[0]).toMatchObject({
    event: "challenge_opened",
    ip: stranger.ip,
  });
  expect(toldOf(person.id).at(-1)).toBe("challenge_opened");
  // Nobody signs in again, and nobody looks: the job that closes it comes all the same.
  clock.advance(601);
  await telegram.runJobs();
  expect((await entriesOf(person.id))[0]).toMatchObject({
    event: "challenge_expired",
    ip: stranger.ip,
  });
  expect(toldOf(person.id).at(-1)).toBe("challenge_expired");
});

test("an approval that its browser never came for is told as not finished", async () => {
  const { person, browser: owner } = await newSecuredPerson(service);
  const user = 4_711;
  const link = (await owner.post("/v1/telegram")).body as { id: string; url: string };
  await telegram.write(user, `/start ${new URL(link.url).searchParams.get("start") ?? ""}`);
  await owner.post(`/v1/telegram/links/${link.id}/confirm`);
  const browser = await challenged(service, person);
  await telegram.runJobs();
  const { methods } = (await browser.get("/v1/challenge")).body as {
    methods: { telegram: { number: string } };
  };
  const message = telegram.messages.filter(({ chatId }) => chatId === user).at(-1);
  await telegram.tap(user, message?.messageId ?? 0, methods.telegram.number);
  clock.advance(601);
  await telegram.runJobs();
  expect((await eventsOf(person.id))[0]).toBe("challenge_unfinished");
});

test("sign-ins that are opened and given up wash nothing out, and are counted in one entry", async () => {
  const { person } = await newSecuredPerson(service);
  const stranger: Browser = service.browser();
  for (let n = 0; n < 28; n += 1) {
    clock.advance(300);
    await challenged(service, person, stranger);
    await stranger.delete("/v1/challenge");
  }
  const entries = await entriesOf(person.id);
  expect(entries.map(({ event }) => event)).toContain("totp_enabled");
  expect(entries.filter(({ event }) => event === "challenge_cancelled")).toMatchObject([
    { times: 28, ip: stranger.ip },
  ]);
  expect(toldOf(person.id).filter((event) => event === "challenge_cancelled")).toHaveLength(28);
});

test("a changed mail is noted and told", async () => {
  const person = await newPerson(service);
  const email = `moved-${person.email}`;
  expect((await host.put(`/v1/accounts/${person.id}`, { email })).status).toBe(200);
  expect(await eventsOf(person.id)).toEqual(["email_changed"]);
  expect(toldOf(person.id)).toEqual(["email_changed"]);
});

test("wrong passwords are logged with the account whose mail it is, from however many addresses they come", async () => {
  const person = await newPerson(service);
  const before = service.log.length;
  for (let n = 0; n < 40; n += 1) {
    await signIn({ ...person, password: "wrong" }, service.browser());
  }
  await signIn({ ...person, email: "nobody@example.com" }, service.browser());
  const lines = service.log.slice(before).filter(({ message }) => message === "authn_login_fail");
  expect(lines.filter(({ fields }) => fields["account"] === person.id)).toHaveLength(40);
  expect(lines.filter(({ fields }) => fields["account"] === undefined)).toHaveLength(1);
});

test("a put that changes nothing writes nothing, notes nothing and ends nobody's session", async () => {
  const person = await newPerson(service);
  const browser = service.browser();
  expect((await signIn(person, browser)).status).toBe(200);
  const { id, email, password } = person;
  const before = await service.storage.snapshot();
  const again = await host.put(`/v1/accounts/${id}`, { email, password });
  expect(again.status).toBe(200);
  expect(again.calls.filter(({ command }) => !command.includes("Get"))).toEqual([]);
  expect(await service.storage.snapshot()).toEqual(before);
  expect((await browser.get("/v1/session")).status).toBe(200);
});

test("an account that is created twice at once by the same request is created once, and its password not changed", async () => {
  const { storage } = service;
  const [id, email, password] = ["twice", "twice@example.com", "correct horse twice"];
  const held = storage.holdNext((call) => writes(call, "account"));
  const first = host.put(`/v1/accounts/${id}`, { email, password });
  await held.reached;
  expect((await host.put(`/v1/accounts/${id}`, { email, password })).status).toBe(201);
  held.release();
  expect((await first).status).toBe(200);
  expect(await storedAccount(service, id)).toMatchObject({ epoch: 1 });
  expect(await eventsOf(id)).toEqual([]);
});
