import { expect, test } from "vitest";
import { answerTotp } from "../../lib/contract/challenge.ts";
import { asked, newTelegramUser, tap, wrongNumber } from "../support/service-asked.ts";
import type { Browser } from "../support/service-browser.ts";
import {
  addedApp,
  begunLink,
  challenged,
  newPerson,
  newRecoveryCodes,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import { writes, type StorageCall } from "../support/service-storage.ts";
import { webhookSecret } from "../support/service-instances.ts";
import { botToken } from "../support/service-telegram.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

const service = await startService();
const { log, replies, storage, host, clock, telegram } = service;

/** Everything that only its owner may read, gathered on the way. */
const secrets = new Map<string, string>();
const cookieSecrets = new Map<string, string>();

const gather = (name: string, value: string) => {
  secrets.set(name, value);
  return value;
};
const gatherCookies = (browser: Browser, when: string) => {
  for (const name of ["__Host-session", "__Host-challenge"] as const) {
    if (!browser.has(name)) continue;
    cookieSecrets.set(`${name} ${when}`, browser.cookie(name).split(".").at(-1) ?? "");
  }
};

/** Whether it is there as a word of its own: six digits may also be part of a time or a random id. */
const tells = (text: string, secret: string) =>
  text
    .split(JSON.stringify(secret).slice(1, -1))
    .some(
      (before, i, parts) =>
        i + 1 < parts.length && !/\w$/.test(before) && !/^\w/.test(parts[i + 1] ?? ""),
    );

test("a whole journey, with what goes wrong on the way", async () => {
  const person = await newPerson(service);
  gather("mail", person.email);
  gather("password", person.password);
  const browser = await signedIn(service, person);
  gatherCookies(browser, "after the password");
  gather("wrong password", "a wrong password");
  await signIn({ ...person, password: "a wrong password" }, service.browser());
  await signIn({ ...person, email: gather("unknown mail", "who@example.com") }, service.browser());

  const app = await addedApp(service, browser);
  gather("authenticator's secret", app.secret);
  gather("first code", app.code());
  const codes = await newRecoveryCodes(browser);
  codes.forEach((code, i) => gather(`recovery code ${i}`, code));

  gather("bot's token", botToken);
  gather("webhook's secret", webhookSecret);
  const link = await begunLink(browser);
  const chat = newTelegramUser();
  await telegram.write(newTelegramUser(), `/start ${gather("unknown link", "B".repeat(22))}`);
  await telegram.write(chat, `/start ${gather("link", link.token)}`);
  expect((await browser.post(`/v1/telegram/links/${link.id}/confirm`)).status).toBe(200);
  telegram.faults.send.push({ kind: "failed" });
  await asked(service, person);
  const denied = await asked(service, person);
  gatherCookies(denied, "before it was denied");
  await tap(service, chat, await wrongNumber(service, denied, chat));
  await telegram.runJobs();
  await telegram.update({ message: { text: gather("malformed update", "C".repeat(30)) } });

  await browser.post("/v1/reauthentication", { password: person.password });
  gatherCookies(browser, "while proving it again");
  const wrong = gather("wrong code", app.wrong());
  await browser.post("/v1/challenge/totp", { code: wrong });
  await browser.post("/v1/challenge/totp", { code: gather("second code", app.nextCode()) });
  await browser.post("/v1/challenge/totp", { code: "12 34" });
  await browser.send("POST", "/v1/challenge/totp", { body: `{"code": ${wrong}` });
  gatherCookies(browser, "after proving it again");

  const visitor = service.browser();
  await visitor.post("/v1/challenge/open", {
    token: gather("token", await newToken(service, person)),
  });
  gatherCookies(visitor, "of a host's challenge");
  const completed = await visitor.post("/v1/challenge/totp", { code: app.nextCode() });
  const grant = gather("grant", answerTotp.answers[200].parse(completed.body).grant ?? "");
  expect((await host.post("/v1/grants/redeem", { grant })).status).toBe(200);

  const lost = await challenged(service, person);
  for (const code of app.manyWrong(5)) await lost.post("/v1/challenge/totp", { code });
  clock.advance(60);
  await challenged(service, person, lost);
  await lost.post("/v1/challenge/recovery-code", { code: codes[0] });
  gatherCookies(lost, "after a recovery code");
  const password = gather("new password", "an entirely new one");
  expect((await lost.put("/v1/password", { password })).status).toBe(204);
  await host.post(`/v1/accounts/${person.id}/reset`, {
    reason: `${person.email} called from +380 44 123 45 67`,
  });
  gather("number", "123 45 67");

  // Faults whose message quotes what was written or read.
  const rules: ((call: StorageCall) => boolean)[] = [
    ({ command }) => command.endsWith("GetItem"),
    ({ command }) => command.startsWith("Update"),
    (call) => writes(call, "account"),
    (call) => writes(call, "session#"),
  ];
  for (const fails of rules) {
    for (const fault of ["before", "after"] as const) {
      storage.failWhen((call) => (fails(call) ? fault : undefined));
      await signIn({ ...person, password }, service.browser());
      await lost.get("/v1/session");
      await host.put(`/v1/accounts/${person.id}`, { email: person.email, password });
      storage.failWhen(undefined);
    }
  }
  await signedIn(service, { ...person, password });
  expect(log.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      "telegram_prompted",
      "telegram_reply_failed",
      "telegram_notice_failed",
      "telegram_update_dropped",
    ]),
  );
  expect(log.filter(({ level }) => level === "error").length).toBeGreaterThan(5);
});

test("no log line tells a secret, a code, a token or a mail", () => {
  const lines = log.map((line) => JSON.stringify(line));
  expect(lines.length).toBeGreaterThan(20);
  for (const [name, secret] of [...secrets, ...cookieSecrets]) {
    expect(
      lines.filter((line) => tells(line, secret)),
      name,
    ).toEqual([]);
  }
});

test("no message in Telegram tells one either, and each masks the mail", () => {
  expect(telegram.messages).not.toEqual([]);
  for (const { html } of telegram.messages) {
    expect(html).toContain("Account: a•••@example.com");
    for (const [name, secret] of [...secrets, ...cookieSecrets]) {
      expect(tells(html, secret), name).toBe(false);
    }
  }
});

test("no body tells what a cookie holds, and no cookie goes anywhere else", () => {
  expect(cookieSecrets.size).toBeGreaterThanOrEqual(5);
  for (const { text, headers } of replies) {
    for (const [name, secret] of cookieSecrets) {
      expect(text, name).not.toContain(secret);
      expect(JSON.stringify(headers), name).not.toContain(secret);
    }
  }
});

test("no answer repeats a password or a code that was sent", () => {
  const sent = [...secrets].filter(([name]) => /password|wrong|first code|second code/.test(name));
  expect(sent).toHaveLength(6);
  for (const { text } of replies) {
    for (const [name, secret] of sent) expect(tells(text, secret), name).toBe(false);
  }
});

test("the table holds no password, code, token or cookie in clear", async () => {
  const table = [...(await storage.snapshot()).values()].join("\n");
  const kept = [...secrets].filter(([name]) => name !== "mail");
  for (const [name, secret] of [...kept, ...cookieSecrets]) {
    expect(tells(table, secret), name).toBe(false);
  }
  const keys = [...(await storage.snapshot()).keys()].join("\n");
  expect(keys).not.toContain("example.com");
});

test("every answer forbids to keep, sniff, frame or run it", () => {
  const statuses = replies.map(({ status }) => status);
  expect(statuses).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 503]));
  for (const { headers } of replies) {
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=63072000",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
    });
    expect(Object.keys(headers).filter((name) => /powered|^server$/.test(name))).toEqual([]);
  }
});
