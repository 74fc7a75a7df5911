import { describe, expect, test } from "vitest";
import { readSecurity } from "../../lib/contract/security.ts";
import type { Reply } from "../support/service-browser.ts";
import {
  begunApp,
  challenged,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import {
  approve,
  lastTo,
  messagesTo,
  newAsked,
  newLinkedPerson,
  notMe,
  statusOf,
  tap,
} from "../support/service-asked.ts";
import { startProxy, type Proxy } from "../support/service-proxy.ts";
import type { Fault } from "../support/service-storage.ts";
import { startService } from "../support/service.ts";

let proxy: Proxy | undefined;
const service = await startService(async (endpoint) => {
  proxy = await startProxy(endpoint);
  return proxy.endpoint;
});
const { storage, clock } = service;

const faults: readonly Exclude<Fault, undefined>[] = ["before", "after"];

/** Fails the `nth` call of what is sent. */
const failing = async (fault: Fault, nth: number, send: () => Promise<Reply>): Promise<Reply> => {
  let calls = 0;
  storage.failWhen(() => ((calls += 1) === nth ? fault : undefined));
  try {
    return await send();
  } finally {
    storage.failWhen(undefined);
  }
};

const expectUnavailable = (reply: Reply) => {
  expect(reply).toMatchObject({ status: 503, code: "unavailable", setCookies: [] });
  expect(reply.headers["retry-after"]).toBe("5");
};

/** A call whose failure costs the person nothing but comfort, so that the request goes on. */
const isForgivable = (reply: Reply) => reply.status < 400;

describe.each(faults)("when a call of the storage fails %s it is done", (fault) => {
  test.each([1, 2, 3, 4, 5, 6, 7])(
    "a sign-in that lost its call %i gives no session, and the next one works",
    async (nth) => {
      const person = await newPerson(service);
      const browser = service.browser();
      const reply = await failing(fault, nth, () => signIn(person, browser));
      if (!isForgivable(reply)) expectUnavailable(reply);
      expect(browser.has("__Host-session")).toBe(isForgivable(reply));
      await signedIn(service, person, browser);
      expect((await browser.get("/v1/session")).status).toBe(200);
    },
  );

  test.each([1, 2, 3])("a right code that lost its call %i is not lost", async (nth) => {
    const { person, app } = await newSecuredPerson(service);
    const browser = await challenged(service, person);
    const code = app.nextCode();
    const enter = () => browser.post("/v1/challenge/totp", { code }, { "idempotency-key": "one" });
    expectUnavailable(await failing(fault, nth, enter));
    expect(browser.has("__Host-session")).toBe(false);
    expect((await enter()).body).toEqual({ status: "signed_in" });
    expect((await browser.get("/v1/session")).status).toBe(200);
  });

  test.each([1, 2, 3])("an approval in Telegram that lost its call %i is not lost", async (nth) => {
    const { browser, chats } = await newAsked(service);
    await approve(service, browser, chats[0] ?? 0);
    const complete = () =>
      browser.post("/v1/challenge/complete", undefined, { "idempotency-key": "one" });
    expectUnavailable(await failing(fault, nth, complete));
    expect(browser.has("__Host-session")).toBe(false);
    expect((await complete()).body).toEqual({ status: "signed_in" });
    expect((await browser.get("/v1/session")).status).toBe(200);
  });

  test.each([1, 2, 3])("a tap that lost its call %i comes again and counts once", async (nth) => {
    const { browser, owner, chats } = await newAsked(service);
    const [chat = 0] = chats;
    let calls = 0;
    storage.failWhen(() => ((calls += 1) === nth ? fault : undefined));
    expect(await tap(service, chat, notMe)).toBe(503);
    storage.failWhen(undefined);
    expect(await tap(service, chat, notMe)).toBe(200);
    expect(await statusOf(browser)).toBe("denied");
    const { recentActivity } = readSecurity.answers[200].parse(
      (await owner.get("/v1/security")).body,
    );
    const denials = recentActivity.filter(({ event }) => event === "sign_in_denied");
    expect(denials).toHaveLength(1);
    // Whatever was lost on the way, its message does not stay as it is.
    clock.advance(601);
    await service.telegram.runJobs();
    expect(lastTo(service, chat).html).toContain("Denied by Ann");
  });

  test.each([1, 2, 3, 4, 5])(
    "a request whose job lost its call %i arrives all the same",
    async (nth) => {
      const { person, chats } = await newLinkedPerson(service);
      const [chat = 0] = chats;
      await service.telegram.runJobs();
      const browser = await challenged(service, person);
      let calls = 0;
      storage.failWhen(() => ((calls += 1) === nth ? fault : undefined));
      await service.telegram.runJobs();
      storage.failWhen(undefined);
      clock.advance(180);
      await service.telegram.runJobs();
      await approve(service, browser, chat);
      expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
      // Also where its record was lost: its id travels on with the job, and no second one is sent.
      expect(messagesTo(service, chat)).toHaveLength(1);
    },
  );

  test.each([1, 2, 3])("a recovery code that lost its call %i is used once", async (nth) => {
    const { person, browser: owner } = await newSecuredPerson(service);
    const [code] = await newRecoveryCodes(owner);
    const browser = await challenged(service, person);
    const enter = () =>
      browser.post("/v1/challenge/recovery-code", { code }, { "idempotency-key": "one" });
    expectUnavailable(await failing(fault, nth, enter));
    expect((await enter()).body).toEqual({ status: "signed_in", recoveryCodesLeft: 9 });
  });

  test.each([1, 2])(
    "a wrong code that lost its call %i is no way around the charge",
    async (nth) => {
      const { person, app } = await newSecuredPerson(service);
      const browser = await challenged(service, person);
      const enter = () => browser.post("/v1/challenge/totp", { code: app.wrong() });
      expectUnavailable(await failing(fault, nth, enter));
      const charged = fault === "after" && nth === 2 ? 1 : 0;
      expect((await enter()).body).toMatchObject({ attemptsLeft: 4 - charged });
    },
  );

  test.each([1, 2])(
    "a confirmation that lost its call %i is done or not, never half",
    async (nth) => {
      const person = await newPerson(service);
      const [browser, other] = [await signedIn(service, person), await signedIn(service, person)];
      const app = await begunApp(service, browser);
      const confirm = () => browser.post(`/v1/totp/${app.id}/confirm`, { code: app.code() });
      expectUnavailable(await failing(fault, nth, confirm));
      const done = fault === "after" && nth === 2;
      expect((await browser.get("/v1/security")).body).toMatchObject({ secondStep: done });
      expect((await other.get("/v1/session")).status).toBe(done ? 401 : 200);
    },
  );

  test("a session that cannot be checked is not let in", async () => {
    const browser = await signedIn(service, await newPerson(service));
    expectUnavailable(await failing(fault, 1, () => browser.get("/v1/security")));
    expect((await browser.get("/v1/security")).status).toBe(200);
  });

  test("a session whose use cannot be noted is let in all the same", async () => {
    const browser = await signedIn(service, await newPerson(service));
    clock.advance(300);
    expect((await failing(fault, 2, () => browser.get("/v1/session"))).status).toBe(200);
  });

  test("re-authentication that fails keeps the session or ends it, and opens nothing new", async () => {
    const person = await newPerson(service);
    const browser = await signedIn(service, person);
    const before = browser.cookie("__Host-session");
    const send = () => browser.post("/v1/reauthentication", { password: person.password });
    for (let nth = 1; nth <= 7; nth += 1) await failing(fault, nth, send);
    expectUnavailable(await failing(fault, 1, send));
    const alive = await browser.get("/v1/session");
    expect([200, 401]).toContain(alive.status);
    if (alive.status === 200) expect((await send()).status).toBe(200);
    expect(browser.cookie("__Host-session") === before).toBe(alive.status === 401);
  });
});

test("an answer of the storage that is not complete is a refusal", async () => {
  const browser = await signedIn(service, await newPerson(service));
  let armed = true;
  storage.client.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given);
      if (!armed || !("RequestItems" in given.input)) return result;
      armed = false;
      const output = { ...result.output, Responses: {}, UnprocessedKeys: { Items: { Keys: [] } } };
      return { ...result, output };
    },
    { step: "initialize", priority: "low" },
  );
  expectUnavailable(await browser.get("/v1/session"));
  expect((await browser.get("/v1/session")).status).toBe(200);
});

test("a storage that hangs is given up within seconds, and nothing is let in meanwhile", async () => {
  const { person, app, browser: owner } = await newSecuredPerson(service);
  const browser = await challenged(service, person);
  const stranger = service.browser();
  proxy?.hang(true);
  const begun = performance.now();
  const replies = await Promise.all([
    signIn(person, stranger),
    browser.post("/v1/challenge/totp", { code: app.nextCode() }),
    owner.get("/v1/session"),
  ]);
  const seconds = (performance.now() - begun) / 1000;
  proxy?.hang(false);
  for (const reply of replies) expectUnavailable(reply);
  // Three tries of a second each and what the client waits between them, well within a function's ten seconds.
  expect(seconds).toBeGreaterThan(2.9);
  expect(seconds).toBeLessThan(8);
  expect((await browser.post("/v1/challenge/totp", { code: app.code() })).status).toBe(200);
});
