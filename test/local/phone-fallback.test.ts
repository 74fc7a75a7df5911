import { expect, onTestFinished, test } from "vitest";
import { startStack } from "../../local/stack.ts";
import { aBrowser, addAuthenticator, signIn } from "./support/browser.ts";
import type { Sent } from "./support/browser.ts";
import { aFolder } from "./support/folder.ts";
import { run } from "./support/process.ts";
import { executions } from "./support/fallback.ts";
import { aPhone, planFaults } from "./support/phones.ts";
import { advance } from "./support/stack.ts";

// The project's own template and functions, from the first call to the session.

const NUMBER = "+380501234542";

/** A stack where the demo account has the second step on, and this phone. */
async function aStackWithPhone() {
  const dataDir = await aFolder();
  const { url, stop, endpoints } = await startStack({ port: 0, dataDir, quiet: true, warm: true });
  onTestFinished(stop);
  const [browser, phone] = [aBrowser(url), aPhone(url, NUMBER)];
  await signIn(browser);
  await addAuthenticator(browser, Date.now());
  const added = await browser.send<{ id: string; sent: Sent }>("POST", "/v1/phones", {
    number: NUMBER,
  });
  expect(added).toMatchObject({
    status: 201,
    body: { masked: "+380 ** *** ** 42", sent: { via: "call", attempt: 1, digits: 4 } },
  });
  const numberId = added.body.id;
  const code = await phone.called(1);
  const confirmed = await browser.send("POST", `/v1/phones/${numberId}/confirm`, { code });
  expect(confirmed).toMatchObject({ status: 200, body: { phones: { active: true } } });
  await noneRuns(url);
  await browser.send("POST", "/v1/sign-out");

  const askForCall = () => browser.send("POST", "/v1/challenge/call", { numberId });
  return {
    url,
    endpoints,
    ...browser,
    phone,
    askForCall,
    /** Signs in as far as the first call. */
    askForFirstCall: async () => {
      expect(await signIn(browser)).toMatchObject({ status: "second_step" });
      expect((await askForCall()).status).toBe(202);
      expect(browser.has("__Host-session")).toBe(false);
    },
    sent: async () => {
      type Challenge = { methods: { phone: { sent: Sent | null } } };
      const { body } = await browser.send<Challenge>("GET", "/v1/challenge");
      return body.methods.phone.sent;
    },
    giveCode: (given: string) => browser.send("POST", "/v1/challenge/code", { code: given }),
  };
}

async function noneRuns(url: string): Promise<void> {
  const running = async () => (await executions(url)).filter(({ status }) => status === "RUNNING");
  await expect.poll(running, { timeout: 10_000 }).toEqual([]);
}

async function secondsUntil(url: string, next: Sent["next"] | undefined): Promise<number> {
  const { now } = (await (await fetch(`${url}/devices/api/clock`)).json()) as { now: string };
  return (Date.parse(next?.availableAt ?? "") - Date.parse(now)) / 1000;
}

test("a call, four digits, signed in, and nothing is sent or runs any more", async () => {
  const { url, send, has, phone, askForFirstCall, sent, giveCode } = await aStackWithPhone();
  await askForFirstCall();
  const code = await phone.called(2);
  const shown = await sent();
  expect(shown).toMatchObject({ via: "call", attempt: 1, digits: 4, next: { via: "call" } });
  const wait = await secondsUntil(url, shown?.next);
  expect(wait).toBeGreaterThan(10);
  expect(wait).toBeLessThanOrEqual(20);

  const wrong = code === "1111" ? "2222" : "1111";
  expect(await giveCode(wrong)).toMatchObject({ status: 401, body: { code: "wrong_code" } });
  expect(await giveCode(code)).toMatchObject({ status: 200, body: { status: "signed_in" } });
  expect(has("__Host-session")).toBe(true);
  expect(await send("GET", "/v1/session")).toMatchObject({ body: { session: { method: "call" } } });
  await noneRuns(url);
  const [newest] = await executions(url);
  expect(newest).toMatchObject({ status: "SUCCEEDED", input: { accountId: "demo" } });
  expect(JSON.stringify(newest)).not.toContain(NUMBER.slice(1));

  await advance(url, 300);
  expect(await phone.calls()).toHaveLength(2);
  expect(await phone.sms()).toEqual([]);
});

test("three calls get lost, by the clock alone an SMS comes, and its code signs in", async () => {
  const { url, phone, askForFirstCall, sent, giveCode } = await aStackWithPhone();
  await planFaults(url, { calls: ["lost", "lost", "lost"] });
  await askForFirstCall();
  expect(await sent()).toMatchObject({ via: "call", attempt: 1, next: { via: "call" } });
  // At once, without a look whether the call is placed: the move waits for that.
  for (const [attempt, via] of [
    [2, "call"],
    [3, "sms"],
  ] as const) {
    await advance(url, 41);
    expect(await sent()).toMatchObject({ via: "call", attempt, digits: 4, next: { via } });
  }
  await advance(url, 41);
  expect(await sent()).toMatchObject({ via: "sms", attempt: 1, digits: 6, next: { via: "sms" } });
  const code = await phone.texted(1);
  expect(await phone.calls()).toHaveLength(1);
  const [sms] = await phone.sms();
  expect(sms?.text).toMatch(/^\d{6} .*\n\n@127\.0\.0\.1 #\d{6}$/s);

  expect(await giveCode(code)).toMatchObject({ status: 200, body: { status: "signed_in" } });
  await noneRuns(url);
  await advance(url, 300);
  expect(await phone.sms()).toHaveLength(1);
});

test("who says that no call came gets the next one once it is time, and forty such requests make one call", async () => {
  const { url, phone, askForCall, askForFirstCall, sent } = await aStackWithPhone();
  await askForFirstCall();
  await phone.called(2);
  expect(await askForCall()).toMatchObject({ status: 429, body: { code: "too_early" } });
  await advance(url, 20);
  const answers = await Promise.all(Array.from({ length: 40 }, askForCall));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  await phone.called(3);
  expect(await sent()).toMatchObject({ via: "call", attempt: 2 });
  expect(await phone.calls()).toHaveLength(3);
});

test("without money for calls the SMS comes at once", async () => {
  const { url, phone, askForFirstCall, sent, giveCode } = await aStackWithPhone();
  await planFaults(url, { calls: ["no_money"] });
  await askForFirstCall();
  const code = await phone.texted(1);
  expect(await sent()).toMatchObject({ via: "sms", attempt: 1 });
  expect(await giveCode(code)).toMatchObject({ status: 200 });
  await noneRuns(url);
});

test("what an operator stops does not ring, and no SMS comes; what they take back rings again", async () => {
  const { url, endpoints, phone, askForCall, askForFirstCall } = await aStackWithPhone();
  const sends = (...args: string[]) =>
    run("operations/sends.ts", ["--table", "AccountsTableE6B6FF58", ...args], "", {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    }).ended;
  const stopped = await sends("--stop", "UA");
  expect(stopped).toMatchObject({ code: 0, stdout: expect.stringContaining("UA") as string });
  await askForFirstCall();
  await noneRuns(url);
  expect(await askForCall()).toMatchObject({ status: 409, body: { code: "no_way_left" } });
  expect([(await phone.calls()).length, await phone.sms()]).toEqual([1, []]);

  expect(await sends("--resume", "UA")).toMatchObject({ stdout: "Nothing is stopped.\n" });
  await askForFirstCall();
  await phone.called(2);
});

test("a call that the carrier says has failed is followed by the next one by itself", async () => {
  const { url, phone, askForFirstCall, sent } = await aStackWithPhone();
  await planFaults(url, { calls: ["failed"] });
  await askForFirstCall();
  await phone.called(2);
  expect(await sent()).toMatchObject({ via: "call", attempt: 2 });
});

test("a fallback that nobody answers has ended after eleven minutes, however the clock gets there", async () => {
  const { url, phone, askForFirstCall } = await aStackWithPhone();
  await askForFirstCall();
  for (let minute = 0; minute < 11; minute += 1) await advance(url, 60);
  await noneRuns(url);
  expect((await phone.calls()).length).toBeLessThanOrEqual(4);
  expect((await phone.sms()).length).toBeLessThanOrEqual(2);

  await askForFirstCall();
  await advance(url, 660);
  await noneRuns(url);
});
