import { describe, expect, test } from "vitest";
import { answerTotp } from "../../lib/contract/challenge.ts";
import { asked, lastTo, newLinkedPerson, numberOf } from "../support/service-asked.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import {
  addedApp,
  addedPhone,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  placeCalls,
  signedIn,
  type Person,
} from "../support/service-people.ts";
import { storedAccount } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

// Login CSRF: an attacker sends a link to a challenge of their own account, and approves it themselves.

const service = await startService();
const { clock, storage, telegram } = service;

const open = (browser: Browser, token: string, more: object = {}) =>
  browser.post("/v1/challenge/open", { token, ...more });
const whoIsIn = async (browser: Browser) => {
  const { body } = await browser.get("/v1/session");
  return (body as { account?: { email: string } }).account?.email;
};
const question = (account: Person, session: Person) => ({
  status: 409,
  body: {
    code: "session_of_another_account",
    account: { email: account.email },
    session: { email: session.email },
  },
});

/** An attacker who can approve in Telegram, and a victim who is signed in. */
const aScene = async () => {
  const { person: attacker, chats, owner } = await newLinkedPerson(service);
  const victim = await newPerson(service);
  const browser = await signedIn(service, victim);
  const token = await newToken(service, attacker);
  await telegram.runJobs();
  const [chat = 0] = chats;
  /** Of the three numbers in the chat the attacker taps the right one: one try in three, or a question to the victim. */
  const approve = async () => {
    const { challenges } = await storedAccount(service, attacker.id);
    const number = challenges.at(-1)?.telegram?.numbers[0] ?? "";
    await telegram.tap(chat, lastTo(service, chat).messageId, number);
  };
  return { attacker, owner, victim, browser, token, approve };
};

test("a link cannot sign somebody into another's account without asking", async () => {
  const { attacker, victim, browser, token, approve } = await aScene();
  const before = await storage.snapshot();
  const opened = await open(browser, token);
  expect(opened).toMatchObject(question(attacker, victim));
  expect(opened.setCookies).toEqual([]);
  expect(await storage.snapshot()).toEqual(before);
  expect(browser.has("__Host-challenge")).toBe(false);

  // The attacker approves all the same: there is nothing in this browser that could complete it.
  await approve();
  expect((await browser.post("/v1/challenge/complete")).code).toBe("no_challenge");
  expect(await whoIsIn(browser)).toBe(victim.email);
});

test("somebody who was asked and agrees is signed in, and the old session has ended", async () => {
  const { attacker, browser, token, approve } = await aScene();
  const before = browser.copy();
  expect((await open(browser, token)).code).toBe("session_of_another_account");
  expect((await open(browser, token, { replaceSession: true })).status).toBe(200);
  await approve();
  expect((await browser.post("/v1/challenge/complete")).status).toBe(200);
  expect(await whoIsIn(browser)).toBe(attacker.email);
  expect(await whoIsIn(before)).toBeUndefined();
});

describe("nobody is asked", () => {
  test("who is signed in to the same account", async () => {
    const { person, browser } = await newSecuredPerson(service);
    expect((await open(browser, await newToken(service, person))).status).toBe(200);
  });

  test.each([
    ["has ended", (browser: Browser) => browser.copy().post("/v1/sign-out")],
    ["is idle", () => clock.advance(1800)],
  ])("whose session %s", async (_, end) => {
    const { person } = await newSecuredPerson(service);
    const browser = await signedIn(service, await newPerson(service));
    await end(browser);
    expect((await open(browser, await newToken(service, person))).status).toBe(200);
  });

  test("whose cookie is not that session's", async () => {
    const { person } = await newSecuredPerson(service);
    const browser = await signedIn(service, await newPerson(service));
    const cookies = [browser.cookie("__Host-session").replace(/[^.]+$/, "A".repeat(43))];
    const json = { token: await newToken(service, person) };
    const reply = await service.browser().send("POST", "/v1/challenge/open", { json, cookies });
    expect(reply.status).toBe(200);
  });
});

test("only a good token learns whose challenge it is", async () => {
  const { person } = await newSecuredPerson(service);
  const browser = await signedIn(service, await newPerson(service));
  const token = await newToken(service, person);
  const wrong = await open(browser, token.replace(/[^.]+$/, "A".repeat(43)));
  const unknown = await open(browser, token.replace(person.id, "nobody"));
  await open(service.browser(), token);
  const taken = await open(browser, token);
  for (const reply of [wrong, unknown, taken]) {
    expect(reply.code).toBe("no_challenge");
    expect(reply.text).not.toContain("@");
  }
  const late = await newToken(service, person);
  clock.advance(600);
  const over = await open(await signedIn(service, await newPerson(service)), late);
  expect(over.code).toBe("challenge_expired");
  expect(over.text).not.toContain("@");
});

test("a question that storage cannot answer now is no consent", async () => {
  const { browser, token, victim } = await aScene();
  storage.failWhen(({ command }) => (command === "BatchGetItem" ? "before" : undefined));
  expect((await open(browser, token)).status).toBe(503);
  storage.failWhen(undefined);
  expect(await whoIsIn(browser)).toBe(victim.email);
});

describe("somebody who signs in in another tab meanwhile", () => {
  const ways: [string, (browser: Browser, more: object, attacker: Attacker) => Promise<Reply>][] = [
    ["complete", (browser, more) => browser.post("/v1/challenge/complete", more)],
    [
      "totp",
      (browser, more, { app }) => browser.post("/v1/challenge/totp", { code: app.code(), ...more }),
    ],
    [
      "code",
      (browser, more, { callCode }) =>
        browser.post("/v1/challenge/code", { code: callCode, ...more }),
    ],
    [
      "recovery-code",
      (browser, more, { codes }) =>
        browser.post("/v1/challenge/recovery-code", { code: codes[0], ...more }),
    ],
  ];
  type Attacker = Awaited<ReturnType<typeof anAttacker>>;

  /** The link is open in a browser in which nobody was signed in; then the victim signs in. */
  const anAttacker = async () => {
    const scene = await aScene();
    const { owner, attacker, victim, approve } = scene;
    const app = await addedApp(service, owner);
    const codes = await newRecoveryCodes(owner);
    const phoneId = await addedPhone(service, owner);
    const browser = service.browser();
    expect((await open(browser, await newToken(service, attacker))).status).toBe(200);
    await telegram.runJobs();
    await browser.post("/v1/challenge/call", { numberId: phoneId });
    const callCode = await placeCalls(service);
    clock.advance(30);
    await signedIn(service, victim, browser);
    return { browser, attacker, victim, approve, app, codes, callCode };
  };

  test.each(ways)("is asked before %s replaces their session", async (name, complete) => {
    const attacker = await anAttacker();
    const { browser, victim, approve } = attacker;
    if (name === "complete") await approve();
    const before = await storage.snapshot();
    expect(await complete(browser, {}, attacker)).toMatchObject(
      question(attacker.attacker, victim),
    );
    expect(await storage.snapshot()).toEqual(before);
    expect(await whoIsIn(browser)).toBe(victim.email);
    // The code has not been read: it is as good as before.
    expect((await complete(browser, { replaceSession: true }, attacker)).status).toBe(200);
    expect(await whoIsIn(browser)).toBe(attacker.attacker.email);
  });

  test("is asked although they agreed to lose an earlier session", async () => {
    const { attacker, browser, token, approve } = await aScene();
    await open(browser, token, { replaceSession: true });
    const other = await newPerson(service);
    await signedIn(service, other, browser);
    await approve();
    expect(await browser.post("/v1/challenge/complete")).toMatchObject(question(attacker, other));
  });

  test("is asked before a completion is repeated, too", async () => {
    const { attacker, token, victim, approve } = await aScene();
    const browser = service.browser();
    await open(browser, token);
    await approve();
    const complete = () => browser.post("/v1/challenge/complete", {}, { "idempotency-key": "one" });
    expect((await complete()).status).toBe(200);
    await signedIn(service, victim, browser);
    expect(await complete()).toMatchObject(question(attacker, victim));
    clock.advance(60);
    const late = await complete();
    expect(late.code).toBe("challenge_completed");
    expect(late.text).not.toContain("@");
  });
});

test("a challenge that is over says so, and not whose it was", async () => {
  const { token, victim } = await aScene();
  const browser = service.browser();
  await open(browser, token);
  await signedIn(service, victim, browser);
  await browser.delete("/v1/challenge");
  const { code, text } = await browser.post("/v1/challenge/complete");
  expect(code).toBe("challenge_cancelled");
  expect(text).not.toContain("@");
});

test("who typed mail and password knows whom they sign in as, and is not asked", async () => {
  const { person, app } = await newSecuredPerson(service);
  const browser = await signedIn(service, await newPerson(service));
  await browser.post("/v1/sign-in", { email: person.email, password: person.password });
  const reply = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(answerTotp.answers[200].parse(reply.body).status).toBe("signed_in");
  expect(await whoIsIn(browser)).toBe(person.email);
});

test("the browser that asked by password sees whose sign-in it is", async () => {
  const { person } = await newLinkedPerson(service);
  const browser = await asked(service, person);
  expect(await numberOf(browser)).toMatch(/^\d\d$/);
  expect((await browser.get("/v1/challenge")).body).toMatchObject({
    account: { email: person.email },
  });
});
