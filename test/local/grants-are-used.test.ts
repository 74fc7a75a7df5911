import { expect, test } from "vitest";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { totpCode } from "../support/service-totp.ts";
import { aBrowser, type TestBrowser } from "./support/browser.ts";
import { unusedGrants } from "./support/grants.ts";
import { post } from "./support/people.ts";
import { planFaults } from "./support/phones.ts";
import { TELNYX_CODE } from "./support/telnyx.ts";
import { aTown, NUMBER } from "./support/town.ts";
import type { Town } from "./support/town.ts";

const ANN = { email: "ann@example.com", password: "correct-horse-battery" };
const BOB = { ...ANN, email: "bob@example.com" };

/** Makes Ann, signed in, with every method. */
async function settleIn(town: Town): Promise<TestBrowser> {
  const { host, browser, ok, advance, texted, placed } = town;
  await host("PUT", "/v1/accounts/ann", { ...ANN, email: "old@example.com" });
  await host("PUT", "/v1/accounts/ann", ANN);
  await host("PUT", "/v1/accounts/bob", BOB);
  await host("GET", "/v1/accounts/ann");
  const ann = browser();
  await ok(ann, "POST", "/v1/sign-in", ANN);
  // A browser that signs in again gives up its session.
  await ok(ann, "POST", "/v1/sign-in", ANN);
  await town.addAuthenticator(ann);
  await town.linkTelegram(ann);
  await texted(async () => {
    town.phoneId = (await ok<{ id: string }>(ann, "POST", "/v1/phones", { number: NUMBER })).id;
  });
  await placed();
  await advance(61);
  const code = await texted(() => ok(ann, "POST", `/v1/phones/${town.phoneId}/call`));
  await placed();
  await ok(ann, "POST", `/v1/phones/${town.phoneId}/confirm`, { code });
  return ann;
}

/** Functions that take one session at different times, and several times at once. */
async function useSession(town: Town, ann: TestBrowser): Promise<void> {
  const { advance, ok } = town;
  const changing = [
    ["totp", "/v1/totp"],
    ["recoverycodes", "/v1/recovery-codes"],
    ["telegram", "/v1/telegram"],
  ] as const;
  const reading = ["/v1/security", "/v1/sessions", "/v1/health"] as const;
  for (const path of reading) {
    await advance(2);
    await ok(ann, "GET", path);
  }
  await advance(2);
  await ann.send("POST", "/v1/phones/none/call");
  for (const [name, path] of changing) {
    await advance(2);
    // CDK ends a name with a hash.
    const isOwn = (who: string) => who.slice(0, -8) === `Functions${name}`;
    const isReadAnew = () =>
      town.done().some(({ who, action }) => isOwn(who) && action === "dynamodb:GetItem");
    // Until one of them loses the race.
    for (let tries = 0; tries < 20 && !isReadAnew(); tries += 1) {
      await Promise.all([1, 2, 3].map(() => ok(ann, "POST", path)));
    }
  }
}

/** The synthetic sign-in begins, goes on, and begins anew with an account that has an authenticator already. */
async function signInByItself({ advance, changeSecret, synthetic }: Town): Promise<void> {
  await advance(301);
  await synthetic("prepared");
  await changeSecret("SYNTHETIC_SIGN_IN_SECRET_ID", () => "unset");
  await advance(301);
  await synthetic("prepared");
  await advance(301);
  await synthetic("signed in");
}

/** While a key is rotated, passwords enter mails under the new one. */
async function rotateKey(town: Town, ann: TestBrowser): Promise<void> {
  const { ok, advance, browser } = town;
  await town.changeSecret("LOOKUP_KEY_SECRET_ID", (text) => `${"new".repeat(20)}\n${text}`);
  // Functions keep a secret for ten minutes.
  await advance(601);
  await ok(ann, "POST", "/v1/reauthentication", { password: ANN.password });
  await ok(browser(), "POST", "/v1/sign-in", BOB);
}

/** Every way to answer a challenge; the browser that is signed in at last, since a recovery code ends all other sessions. */
async function answer(town: Town, ann: TestBrowser): Promise<TestBrowser> {
  const { climb, ok, advance, person, texted, challenged } = town;
  const { codes } = await ok<{ codes: string[] }>(ann, "POST", "/v1/recovery-codes");
  const secret = await town.addAuthenticator(ann);
  const browser = await climb();
  await advance(61);
  await ok(browser, "POST", "/v1/challenge/telegram");
  const code = await texted(() =>
    ok(browser, "POST", "/v1/challenge/call", { numberId: town.phoneId }),
  );
  await town.placed();
  await ok(browser, "POST", "/v1/challenge/code", { code });

  // In a browser that was signed in, whose session ends.
  await challenged(browser);
  await ok(browser, "POST", "/v1/challenge/totp", { code: totpCode(secret, await town.now()) });
  await challenged(browser);
  await ok(browser, "POST", "/v1/challenge/recovery-code", { code: codes[0] });
  // Its number is called, and the carrier alone knows the code.
  await climb(browser, "placed");
  await ok(browser, "POST", "/v1/challenge/code", { code: TELNYX_CODE });

  await climb();
  const asked = (await person.messages()).findLast(({ buttons }) => buttons.length > 0);
  const tapped = await person.tap(asked?.id ?? 0, asked?.buttons.at(-1)?.[0] ?? "");
  expect(tapped.status).toBe(200);
  await person.send("Hello?");
  return browser;
}

/** Whoever changes how they prove who they are ends a sign-in that waits in Telegram and for a phone. */
async function changeMethods(town: Town, ann: TestBrowser): Promise<void> {
  const { climb, ok, browser } = town;
  await climb();
  await town.addAuthenticator(ann);
  await climb();
  await ok(ann, "POST", "/v1/recovery-codes");
  await climb();
  await ok(ann, "PUT", "/v1/telegram", { enabled: false });
  await ok(ann, "PUT", "/v1/telegram", { enabled: true });
  await climb();
  await ok(ann, "DELETE", "/v1/sessions");

  await climb();
  town.telnyx.next(() => "placed");
  const number = "+380501234543";
  const { id } = await ok<{ id: string }>(ann, "POST", "/v1/phones", { number });
  await town.fallback("ann", ({ sends }) =>
    sends.some(({ channel, state }) => channel === "call" && state === "placed"),
  );
  await ok(ann, "POST", `/v1/phones/${id}/confirm`, { code: TELNYX_CODE });

  // Of four sign-ins the first gives way.
  const first = browser();
  await ok(first, "POST", "/v1/sign-in", ANN);
  await town.texted(() => ok(first, "POST", "/v1/challenge/call", { numberId: town.phoneId }));
  await town.placed();
  for (let n = 0; n < 3; n += 1) await ok(browser(), "POST", "/v1/sign-in", ANN);
  await ok(ann, "DELETE", "/v1/sessions");
}

/** More of Bob's browsers than may be signed in, by password and then by the second step; the last is given to Ann. */
async function signInOften(town: Town): Promise<void> {
  const { ok, browser, advance } = town;
  const browsers = Array.from({ length: defaultLimits.session.live + 1 }, browser);
  for (const one of browsers) await ok(one, "POST", "/v1/sign-in", BOB);
  const [first = browser(), bob = browser()] = [browsers.at(0), browsers.at(-1)];
  expect((await first.send("GET", "/v1/session")).status).toBe(401);

  const secret = await town.addAuthenticator(bob);
  await advance(31);
  await ok(bob, "POST", "/v1/sign-in", BOB);
  await ok(bob, "POST", "/v1/challenge/totp", { code: totpCode(secret, await town.now()) });

  // From the host's own page, by a request that could be repeated.
  const repeating = aBrowser(town.url, { "idempotency-key": "a key of this request" });
  const { token: ticket } = await town.host<{ token: string }>(
    "POST",
    "/v1/accounts/bob/sessions",
    {
      ip: "203.0.113.7",
      device: "Firefox",
      authenticatedAt: new Date(await town.now()).toISOString(),
    },
  );
  await ok(repeating, "POST", "/v1/sessions/open", { token: ticket });

  const token = await town.handedOver();
  expect((await bob.send("POST", "/v1/challenge/open", { token })).status).toBe(409);
  await ok(bob, "POST", "/v1/challenge/open", { token, replaceSession: true });
}

/** A second step that nobody finishes, while its fallback waits. */
async function runOut({ climb, advance }: Town): Promise<void> {
  await climb();
  await advance(defaultLimits.challenge.lifeSeconds + 2);
}

/** Calls and SMS that fail, also while the execution that they belong to is gone. */
async function goWrong(town: Town): Promise<void> {
  const { url, ok, challenged, climb, telnyx, texted, stopExecution, fallback } = town;
  await ok(await climb(), "DELETE", "/v1/challenge");

  const called = await climb(undefined, "placed");
  const fail = async (n: number) => {
    const isPlaced = fallback("ann", ({ sends }) => sends[n - 1]?.state === "placed");
    const reference = (await isPlaced).sends[n - 1]?.reference ?? "";
    const request = telnyx.failed(reference, await town.now());
    expect((await fetch(`${url}/v1/calls/telnyx/status`, request)).status).toBe(200);
  };
  telnyx.next(() => "placed");
  await fail(1);
  await fallback("ann", ({ sends, token }) => sends[1]?.state === "placed" && token !== undefined);
  await stopExecution("ann");
  await texted(() => fail(2));
  await town.placed();
  await ok(called, "DELETE", "/v1/challenge");

  await planFaults(url, { sms: ["opted_out"] });
  const unreached = await challenged();
  await ok(unreached, "POST", "/v1/challenge/call", { numberId: town.phoneId });
  await town.startStray("ann");
}

/** Telegram fails and then wants a pause, and the host resets Ann. */
async function endIt(town: Town): Promise<void> {
  const { url, ok, host, climb } = town;
  const failing = await climb();
  await post(`${url}/devices/api/telegram/faults`, { faults: [], always: { status: 500 } });
  await ok(failing, "DELETE", "/v1/challenge");
  await expect
    .poll(() => town.done().some(({ action }) => action === "sqs:ChangeMessageVisibility"))
    .toBe(true);
  await post(`${url}/devices/api/telegram/faults`, { faults: [], always: null });
  await climb();
  const wait = { status: 429, retryAfter: 1 };
  await post(`${url}/devices/api/telegram/faults`, { faults: [], always: wait });
  await host("POST", "/v1/accounts/ann/reset", { reason: "Lost everything" });
}

test("a grant that nothing uses is named, down to the key", () => {
  const grant = (actions: string[], resources: string[], keys?: string[]) => ({
    actions,
    resources,
    except: false,
    keys,
  });
  const mayDo = [
    grant(["logs:PutLogEvents"], ["log"]),
    grant(["dynamodb:GetItem", "dynamodb:PutItem"], ["table"], ["account#*", "mail#*"]),
    grant(["sqs:SendMessage"], ["one", "another"]),
    { ...grant(["sns:Publish"], ["arn:*"]), except: true },
  ];
  const get = { action: "dynamodb:GetItem", resource: "table" };
  const done = [
    { who: "Ours", ...get, keys: ["account#ann"] },
    { who: "Ours", ...get, action: "dynamodb:PutItem", keys: ["mail#x"] },
    { who: "Other", ...get, keys: ["mail#x"] },
    { who: "Ours", action: "sqs:SendMessage", resource: "one" },
  ];
  expect(unusedGrants([{ name: "Ours", mayDo }], done)).toEqual([
    "Ours dynamodb:GetItem table mail#*",
    "Ours dynamodb:PutItem table account#*",
    "Ours sqs:SendMessage another",
    "Ours sns:Publish not arn:*",
  ]);
});

test("every function does all that its role allows", { timeout: 180_000 }, async () => {
  const town = await aTown();
  const ann = await settleIn(town);
  await useSession(town, ann);
  await signInByItself(town);
  await rotateKey(town, ann);
  const answered = await answer(town, ann);
  await signInOften(town);
  await runOut(town);
  await changeMethods(town, answered);
  await goWrong(town);
  await endIt(town);
  const unused = () => unusedGrants(town.functions, town.done());
  await expect.poll(unused, { timeout: 10_000 }).toEqual([]);
});
