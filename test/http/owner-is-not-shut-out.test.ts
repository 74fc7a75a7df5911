import { describe, expect, test } from "vitest";
import { readSecurity } from "../../lib/contract/security.ts";
import { listSessions } from "../../lib/contract/sessions.ts";
import { statusOf } from "../support/service-asked.ts";
import type { Browser } from "../support/service-browser.ts";
import {
  challenged,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  signedIn,
  signIn,
  type AuthenticatorApp,
  type Person,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

// What somebody who knows the password, or just guesses, can do to the owner of an account: nothing that shuts them out.

const service = await startService();
const { clock, host } = service;

const reauthenticate = (browser: Browser, { password }: Person) =>
  browser.post("/v1/reauthentication", { password });

/** A browser that took a challenge of the host. */
const handedOver = async (person: Person) => {
  const browser = service.browser();
  const opened = await browser.post("/v1/challenge/open", {
    token: await newToken(service, person),
  });
  expect(opened.status).toBe(200);
  return browser;
};

const enter = (browser: Browser, code: string) => browser.post("/v1/challenge/totp", { code });
const enterRecovery = (browser: Browser, code = "") =>
  browser.post("/v1/challenge/recovery-code", { code });

describe("somebody who knows the password", () => {
  test("shuts out neither the owner's re-authentication nor the host's challenge with 15 sign-ins", async () => {
    const { person, browser: owner, app } = await newSecuredPerson(service);
    for (let n = 0; n < 15; n += 1) await challenged(service, person);
    expect((await signIn(person, service.browser())).code).toBe("too_many_attempts");

    expect((await reauthenticate(owner, person)).body).toMatchObject({ status: "second_step" });
    expect((await enter(owner, app.nextCode())).body).toEqual({ status: "reauthenticated" });
    const visitor = await handedOver(person);
    expect((await enter(visitor, app.nextCode())).body).toMatchObject({ status: "signed_in" });
  });

  test("cancels no re-authentication and no challenge of the host with new sign-ins", async () => {
    const { person, browser: owner, app } = await newSecuredPerson(service);
    await reauthenticate(owner, person);
    const visitor = await handedOver(person);
    const signIns: Browser[] = [];
    for (let n = 0; n < 5; n += 1) signIns.push(await challenged(service, person));
    // At most three are open of one purpose; the oldest of that purpose goes.
    expect(await Promise.all(signIns.map(statusOf))).toEqual([
      ...Array.from({ length: 2 }, () => "cancelled"),
      ...Array.from({ length: 3 }, () => "pending"),
    ]);
    expect([await statusOf(owner), await statusOf(visitor)]).toEqual(["pending", "pending"]);
    expect((await enter(owner, app.nextCode())).status).toBe(200);
    expect((await enter(visitor, app.nextCode())).status).toBe(200);
  });

  test.each([
    ["re-authentications", 4, 0],
    ["challenges of the host", 0, 4],
  ])("nor do %s cancel what is of another purpose", async (_, reauthentications, hosts) => {
    const { person, browser: owner } = await newSecuredPerson(service);
    const signingIn = await challenged(service, person);
    const first = hosts > 0 ? await handedOver(person) : owner.copy();
    if (reauthentications > 0) await reauthenticate(first, person);
    const others = owner.copy();
    await reauthenticate(others, person);
    const visitor = await handedOver(person);
    for (let n = 1; n < reauthentications; n += 1) await reauthenticate(owner.copy(), person);
    for (let n = 2; n < hosts; n += 1) await newToken(service, person);
    expect(await statusOf(signingIn)).toBe("pending");
    expect(await statusOf(hosts > 0 ? others : visitor)).toBe("pending");
    if (hosts === 0) expect(await statusOf(first)).toBe("cancelled");
  });
});

/** Wrong codes of an authenticator app, each as soon as it is read. */
const guess = async (person: Person, app: AuthenticatorApp, count: number) => {
  for (let n = 0; n < count; n += 1) {
    clock.advance(3600);
    const reply = await enter(await challenged(service, person), app.wrong());
    expect(reply.code).toBe("wrong_code");
  }
};

describe("the owner's recovery codes", () => {
  test("are never stopped by wrong codes of others", async () => {
    const { person, browser: owner, app } = await newSecuredPerson(service);
    const codes = await newRecoveryCodes(owner);
    await guess(person, app, 12);
    for (const code of codes.slice(0, 3)) {
      // As soon as a code is read again, somebody has it read and wrong.
      await guess(person, app, 1);
      const browser = await challenged(service, person);
      expect((await enter(browser, app.code())).code).toBe("too_many_attempts");
      expect((await enterRecovery(browser, code)).body).toMatchObject({ status: "signed_in" });
      await guess(person, app, 9);
    }
  });

  test("are stopped by five wrong recovery codes in a day, and right ones are good after it", async () => {
    const { person, browser: owner } = await newSecuredPerson(service);
    const [code] = await newRecoveryCodes(owner);
    const stranger = await newSecuredPerson(service);
    const wrong = await newRecoveryCodes(stranger.browser);
    for (const one of wrong.slice(0, 5)) {
      const reply = await enterRecovery(await challenged(service, person), one);
      expect(reply.code).toBe("wrong_code");
      clock.advance(3600);
    }
    const browser = await challenged(service, person);
    expect((await enterRecovery(browser, code)).code).toBe("too_many_attempts");
    clock.advance(20 * 3600);
    const later = await challenged(service, person);
    expect((await enterRecovery(later, code)).body).toMatchObject({ status: "signed_in" });
  });
});

const named = (wanted: string) => (event: string) => event === wanted;

test("20 wrong codes in 30 days are noted and told on the event bus, whatever succeeds in between", async () => {
  const { person, app } = await newSecuredPerson(service);
  const suspected = async () => {
    const { body } = await host.get(`/v1/accounts/${person.id}`);
    const { recentActivity } = readSecurity.answers[200].parse(body);
    const noted = recentActivity.filter(({ event }) => event === "guessing_suspected");
    const told = service.told.filter(
      ({ account, event }) => account === person.id && named("guessing_suspected")(event),
    );
    return [noted.length, told.length];
  };
  for (let wrong = 0; wrong < 19; wrong += 1) {
    const browser = await challenged(service, person);
    expect((await enter(browser, app.wrong())).code).toBe("wrong_code");
    // Success clears the run of wrong codes, and the pauses with it, but not this count.
    expect((await enter(browser, app.nextCode())).status).toBe(200);
    clock.advance(36 * 3600 - 30);
    expect(await suspected()).toEqual([0, 0]);
  }
  await enter(await challenged(service, person), app.wrong());
  expect(await suspected()).toEqual([1, 1]);
});

test("wrong codes that are further apart than 30 days for 20 are nothing to suspect", async () => {
  const { person, app } = await newSecuredPerson(service);
  for (let wrong = 0; wrong < 22; wrong += 1) {
    const browser = await challenged(service, person);
    await enter(browser, app.wrong());
    await enter(browser, app.nextCode());
    clock.advance(38 * 3600);
  }
  const told = service.told.filter(({ account }) => account === person.id);
  expect(told.some(({ event }) => named("guessing_suspected")(event))).toBe(false);
});

describe("at most 20 sessions of an account are live", () => {
  const isLive = async (browser: Browser) => (await browser.get("/v1/session")).status === 200;

  test("one more ends the oldest", async () => {
    const person = await newPerson(service);
    const browsers: Browser[] = [];
    for (let n = 0; n < 22; n += 1) {
      clock.advance(1);
      browsers.push(await signedIn(service, person));
    }
    const live = await Promise.all(browsers.map(isLive));
    expect(live).toEqual(browsers.map((_, i) => i >= 2));
    const { body } = (await browsers.at(-1)?.get("/v1/sessions")) ?? {};
    expect(listSessions.answers[200].parse(body).sessions).toHaveLength(20);
  });

  test("also of 25 that sign in at once", async () => {
    const person = await newPerson(service);
    const browsers = Array.from({ length: 25 }, () => service.browser());
    let waiting = browsers;
    while (waiting.length > 0) {
      const replies = await Promise.all(waiting.map((browser) => signIn(person, browser)));
      // So many at once lose races for the account's save; they are told to come again.
      expect(replies.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      waiting = waiting.filter((_, i) => replies[i]?.status === 503);
    }
    const live = await Promise.all(browsers.map(isLive));
    expect(live.filter(Boolean)).toHaveLength(20);
  });
});
