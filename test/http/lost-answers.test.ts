import { describe, expect, test } from "vitest";
import { answerTotp } from "../../lib/contract/challenge.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import {
  addedApp,
  begunApp,
  begunLink,
  begunPhone,
  challenged,
  newPerson,
  newSecuredPerson,
  signedIn,
} from "../support/service-people.ts";
import { isWrite } from "../support/service-holds.ts";
import { storedAccount } from "../support/service-stored.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

// A step that is good once can be asked for again with the same Idempotency-Key for a minute: a lost answer costs nobody
// a way. With another key, or none, it stays good once.

const service = await startService();
const { clock, host, storage } = service;
const loseNext = loseAnswers(storage.client, /^PutItem/);

const key = (value: string) => ({ "idempotency-key": value });

describe("opening a host's challenge", () => {
  const opened = async () => {
    const { person, app } = await newSecuredPerson(service);
    const token = await newToken(service, person);
    const open = (browser: Browser, value = "k-1") =>
      browser.post("/v1/challenge/open", { token }, key(value));
    expect((await open(service.browser())).status).toBe(200);
    return { app, token, open };
  };

  test("again with the same key gives a cookie that works", async () => {
    const { app, open } = await opened();
    const browser = service.browser();
    clock.advance(59);
    expect((await open(browser)).status).toBe(200);
    expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "pending" });
    expect((await browser.post("/v1/challenge/totp", { code: app.nextCode() })).status).toBe(200);
  });

  test("again with another key or none, or a minute later, opens nothing", async () => {
    const { token, open } = await opened();
    const stranger = service.browser();
    expect((await open(stranger, "k-2")).code).toBe("no_challenge");
    expect((await stranger.post("/v1/challenge/open", { token })).code).toBe("no_challenge");
    clock.advance(60);
    expect((await open(stranger)).code).toBe("no_challenge");
    expect(stranger.has("__Host-challenge")).toBe(false);
  });
});

describe("redeeming a grant", () => {
  const redeem = (grant: string, value?: string) =>
    host.post("/v1/grants/redeem", { grant }, value === undefined ? undefined : key(value));
  const granted = async () => {
    const { person, app } = await newSecuredPerson(service);
    const browser = service.browser();
    await browser.post("/v1/challenge/open", { token: await newToken(service, person) });
    const { body } = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
    return answerTotp.answers[200].parse(body).grant ?? "";
  };

  test("again with the same key has the same answer", async () => {
    const grant = await granted();
    const first = await redeem(grant, "k-1");
    expect(first.status).toBe(200);
    clock.advance(30);
    const second = await redeem(grant, "k-1");
    expect([second.status, second.body]).toEqual([200, first.body]);
  });

  test.each([["k-1"], [undefined]])(
    "that was redeemed with key %s finds nothing",
    async (first) => {
      const grant = await granted();
      expect((await redeem(grant, first)).status).toBe(200);
      expect((await redeem(grant, "k-2")).code).toBe("not_found");
      expect((await redeem(grant)).code).toBe("not_found");
    },
  );
});

describe("plain re-authentication", () => {
  const reauthenticated = async () => {
    const person = await newPerson(service);
    const browser = await signedIn(service, person);
    const old = browser.copy();
    const send = (one: Browser, value: string) =>
      one.post("/v1/reauthentication", { password: person.password }, key(value));
    clock.advance(1);
    expect((await send(browser, "k-1")).body).toEqual({ status: "reauthenticated" });
    return { old, send };
  };

  test("again with the old cookie and the same key gives a cookie that works", async () => {
    const { old, send } = await reauthenticated();
    expect((await old.get("/v1/session")).status).toBe(401);
    clock.advance(58);
    expect((await send(old, "k-1")).body).toEqual({ status: "reauthenticated" });
    expect((await old.get("/v1/session")).status).toBe(200);
  });

  test("again with the old cookie and another key, or a minute later, is refused", async () => {
    const { old, send } = await reauthenticated();
    expect((await send(old, "k-2")).code).toBe("unauthenticated");
    clock.advance(60);
    expect((await send(old, "k-1")).code).toBe("unauthenticated");
  });
});

describe("confirming again with the same key has the same answer", () => {
  const twice = async (
    confirm: () => Promise<Reply>,
    others: readonly (() => Promise<Reply>)[],
  ) => {
    const first = await confirm();
    expect(first.status).toBe(200);
    clock.advance(20);
    const second = await confirm();
    expect([second.status, second.body]).toEqual([200, first.body]);
    for (const other of others) expect((await other()).status).toBeGreaterThanOrEqual(400);
  };
  const sending =
    (browser: Browser, path: string, json?: object) =>
    (value = "k-1") =>
      browser.post(path, json, key(value));

  test("of an authenticator", async () => {
    const browser = await signedIn(service, await newPerson(service));
    const app = await begunApp(service, browser);
    const confirm = sending(browser, `/v1/totp/${app.id}/confirm`, { code: app.code() });
    await twice(confirm, [() => confirm("k-2")]);
  });

  test("of a phone", async () => {
    const { browser } = await newSecuredPerson(service);
    const { id, code } = await begunPhone(service, browser, "+380501234542");
    const confirm = sending(browser, `/v1/phones/${id}/confirm`, { code });
    await twice(confirm, [() => confirm("k-2")]);
  });

  test("of a Telegram link", async () => {
    const browser = await signedIn(service, await newPerson(service));
    const link = await begunLink(browser);
    await service.telegram.write(4242, `/start ${link.token}`);
    const confirm = sending(browser, `/v1/telegram/links/${link.id}/confirm`);
    // A link that is confirmed stays so, whoever of its session asks.
    await twice(confirm, []);
  });
});

describe("saying of an account what is so already", () => {
  test.each([
    ["its password", (password: string) => ({ password })],
    ["no password", () => ({})],
    ["its language", () => ({ locale: "en" })],
  ])("with %s changes nothing: no epoch, no activity, no write", async (_, more) => {
    const { id, email, password } = await newPerson(service);
    const browser = await signedIn(service, { id, email, password });
    const before = await storedAccount(service, id);
    clock.advance(5);
    const again = await host.put(`/v1/accounts/${id}`, { email, ...more(password) });
    expect(again.status).toBe(200);
    expect(again.calls.map(({ command }) => command).filter(isWrite)).toEqual([]);
    expect(await storedAccount(service, id)).toEqual(before);
    expect((await browser.get("/v1/session")).status).toBe(200);
  });
});

describe("a save whose answer was lost", () => {
  test.each([0, 1, 2, 3])("and that %i other saves followed stands", async (others) => {
    const { person, app, browser: owner } = await newSecuredPerson(service);
    const browser = await challenged(service, person);
    const code = app.nextCode();
    loseNext(async () => {
      for (let n = 0; n < others; n += 1) {
        // A second each, so that what counts is the account and not the time.
        clock.advance(1);
        expect((await owner.post("/v1/totp", { name: `App ${n}` })).status).toBe(201);
      }
    });
    const reply = await browser.post("/v1/challenge/totp", { code });
    expect(reply.body).toEqual({ status: "signed_in" });
    expect((await browser.get("/v1/session")).status).toBe(200);
  });

  test("of a factor is not asked for again", async () => {
    const browser = await signedIn(service, await newPerson(service));
    const app = await begunApp(service, browser);
    loseNext();
    const confirmed = await browser.post(`/v1/totp/${app.id}/confirm`, { code: app.code() });
    expect(confirmed.status).toBe(200);
    await addedApp(service, browser);
  });
});
