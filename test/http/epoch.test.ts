import { describe, expect, test } from "vitest";
import { newTelegramUser } from "../support/service-asked.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import {
  addedApp,
  begunApp,
  begunLink,
  challenged,
  linkedTelegram,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  signedIn,
  signedInTwice,
  signIn,
  type AuthenticatorApp,
  type Person,
} from "../support/service-people.ts";
import { writes } from "../support/service-storage.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { storage, host } = service;

type Actor = {
  person: Person;
  browser: Browser;
  app: AuthenticatorApp;
  codes: string[];
  /** A link that somebody has answered in Telegram. */
  linkId: string;
  /** An account that is linked, where there are two steps. */
  telegramId: string;
};
type Cause = (actor: Actor) => Promise<Reply>;

const confirmAnother: Cause = async ({ browser }) => {
  const another = await begunApp(service, browser, "Tablet");
  return browser.post(`/v1/totp/${another.id}/confirm`, { code: another.code() });
};
const resetByHost: Cause = ({ person }) =>
  host.post(`/v1/accounts/${person.id}/reset`, { reason: "Lost everything" });
const passwordByHost: Cause = ({ person: { id, email } }) =>
  host.put(`/v1/accounts/${id}`, { email, password: "set by the host" });
const changePassword: Cause = ({ browser }) =>
  browser.put("/v1/password", { password: "set by the person" });

const linkTelegram: Cause = ({ browser, linkId }) =>
  browser.post(`/v1/telegram/links/${linkId}/confirm`);

const answeredLink = async (browser: Browser) => {
  const { id, token } = await begunLink(browser);
  await service.telegram.write(newTelegramUser(), `/start ${token}`);
  return id;
};

/** Whether the session that caused it goes on. */
type Survives = "survives" | "ends";

const causesWithOneStep: [string, Survives, Cause][] = [
  ["the second step is switched on", "survives", confirmAnother],
  ["the second step is switched on by Telegram", "survives", linkTelegram],
  ["the password is changed", "survives", changePassword],
  ["the host sets a password", "ends", passwordByHost],
  ["the host resets the account", "ends", resetByHost],
  ["all other sessions are ended", "survives", ({ browser }) => browser.delete("/v1/sessions")],
];

const causesWithTwoSteps: [string, Survives, Cause][] = [
  ...causesWithOneStep.slice(2),
  ["an authenticator is added", "survives", confirmAnother],
  [
    "the last authenticator is removed",
    "survives",
    ({ browser, app }) => browser.delete(`/v1/totp/${app.id}`),
  ],
  ["a Telegram account is linked", "survives", linkTelegram],
  [
    "Telegram is switched off",
    "survives",
    ({ browser }) => browser.put("/v1/telegram", { enabled: false }),
  ],
  [
    "a Telegram account is unlinked",
    "survives",
    ({ browser, telegramId }) => browser.delete(`/v1/telegram/accounts/${telegramId}`),
  ],
  ["recovery codes are made anew", "survives", ({ browser }) => browser.post("/v1/recovery-codes")],
  [
    "a recovery code is used at a sign-in",
    "ends",
    async ({ person, codes }) => {
      const browser = await challenged(service, person);
      return browser.post("/v1/challenge/recovery-code", { code: codes[0] });
    },
  ],
  [
    "a recovery code is used to prove it again",
    "survives",
    async ({ person, browser, codes }) => {
      await browser.post("/v1/reauthentication", { password: person.password });
      return browser.post("/v1/challenge/recovery-code", { code: codes[0] });
    },
  ],
];

const cause = async (act: Cause, actor: Actor) => {
  const { status } = await act(actor);
  expect(status).toBeLessThan(300);
};

const expectEnded = async (browser: Browser) => {
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");
  expect((await browser.get("/v1/security")).code).toBe("unauthenticated");
};

describe.each(causesWithOneStep)("with one step: when %s", (_, survives, act) => {
  const anActor = async (): Promise<Actor> => {
    const person = await newPerson(service);
    const browser = await signedIn(service, person);
    const [app, linkId] = [await begunApp(service, browser), await answeredLink(browser)];
    return { person, browser, app, codes: [], linkId, telegramId: "" };
  };

  test("every other session has ended at its next request", async () => {
    const actor = await anActor();
    const others = [await signedIn(service, actor.person), await signedIn(service, actor.person)];
    await cause(act, actor);
    for (const other of others) await expectEnded(other);
    expect((await actor.browser.get("/v1/session")).status).toBe(
      survives === "survives" ? 200 : 401,
    );
  });

  test.each(["account", "session#"] as const)(
    "a sign-in that is writing its %s cannot finish",
    async (item) => {
      const actor = await anActor();
      const browser = service.browser();
      const held = storage.holdNext((call) => writes(call, item));
      const underway = signIn(actor.person, browser);
      await held.reached;
      await cause(act, actor);
      held.release();
      const { body } = await underway;
      // Its account was not saved yet: decided anew, on the account as it is now, it is no sign-in any more.
      if (item === "account") expect(body).not.toMatchObject({ status: "signed_in" });
      await expectEnded(browser);
    },
  );
});

describe.each(causesWithTwoSteps)("with two steps: when %s", (_, survives, act) => {
  const anActor = async (): Promise<Actor> => {
    const { person, browser, app } = await newSecuredPerson(service);
    const codes = await newRecoveryCodes(browser);
    const telegramId = await linkedTelegram(service, browser, newTelegramUser());
    const linkId = await answeredLink(browser);
    return { person, browser, app, codes, linkId, telegramId };
  };

  test("every other session has ended at its next request", async () => {
    const actor = await anActor();
    const other = await signedInTwice(service, actor.person, actor.app);
    await cause(act, actor);
    await expectEnded(other);
    expect((await actor.browser.get("/v1/session")).status).toBe(
      survives === "survives" ? 200 : 401,
    );
  });

  test("a challenge that was open is cancelled and its right code refused", async () => {
    const actor = await anActor();
    const browser = await challenged(service, actor.person);
    await cause(act, actor);
    expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "cancelled" });
    const code = actor.app.nextCode();
    expect((await browser.post("/v1/challenge/totp", { code })).code).toBe("challenge_cancelled");
    await expectEnded(browser);
  });

  test.each(["account", "session#"] as const)(
    "a right code whose %s is being written opens nothing",
    async (item) => {
      const actor = await anActor();
      const browser = await challenged(service, actor.person);
      const code = actor.app.nextCode();
      const held = storage.holdNext((call) => writes(call, item));
      const underway = browser.post("/v1/challenge/totp", { code });
      await held.reached;
      await cause(act, actor);
      held.release();
      const { code: refusal } = await underway;
      if (item === "account") expect(refusal).toBe("challenge_cancelled");
      await expectEnded(browser);
    },
  );

  test("a password step under way ends in no session", async () => {
    const actor = await anActor();
    const browser = service.browser();
    const held = storage.holdNext((call) => writes(call, "account"));
    const underway = signIn(actor.person, browser);
    await held.reached;
    await cause(act, actor);
    held.release();
    expect((await underway).body).not.toMatchObject({ status: "signed_in" });
    await expectEnded(browser);
  });
});

test("of two sessions that change the methods at once, the first ends the second", async () => {
  const person = await newPerson(service);
  const [first, second] = [await signedIn(service, person), await signedIn(service, person)];
  const app = await begunApp(service, second);
  const held = storage.holdNext((call) => writes(call, "account"));
  const underway = second.post(`/v1/totp/${app.id}/confirm`, { code: app.code() });
  await held.reached;
  await addedApp(service, first);
  held.release();
  expect((await underway).code).toBe("unauthenticated");
  expect((await first.get("/v1/security")).body).toMatchObject({ authenticators: [{}] });
});
