import { expect, test } from "vitest";
import { putAccount } from "../../local/twostep/put-account.ts";
import { aBrowser, addAuthenticator } from "./support/browser.ts";
import type { Sent } from "./support/browser.ts";
import { executions } from "./support/fallback.ts";
import { aPhone, planFaults } from "./support/phones.ts";
import { run } from "./support/process.ts";
import { aSharedStack } from "./support/shared-stack.ts";
import { advance, stackTime } from "./support/stack.ts";

// The project's own template and functions, from the first call to the session.

const stack = aSharedStack();
const password = "correct-horse-battery";
let born = 0;

/** Somebody who has the second step on, and this phone. */
async function aPersonWithPhone() {
  const { url, endpoints } = stack;
  born += 1;
  const [id, number] = [`person-${born}`, `+3805012345${10 + born}`];
  const email = `${id}@example.com`;
  expect(await putAccount(url, { id, email, password })).toEqual({ kind: "stored" });
  const [browser, phone] = [aBrowser(url), aPhone(url, number)];
  const signIn = async (): Promise<unknown> => {
    const { status, body } = await browser.send("POST", "/v1/sign-in", { email, password });
    expect(status).toBe(200);
    return body;
  };
  await signIn();
  await addAuthenticator(browser, await stackTime(url));
  const added = await browser.send<{ id: string; sent: Sent }>("POST", "/v1/phones", { number });
  expect(added).toMatchObject({
    status: 201,
    body: {
      masked: `+380 ** *** ** ${number.slice(-2)}`,
      sent: { via: "call", attempt: 1, digits: 4 },
    },
  });
  const numberId = added.body.id;
  const code = await phone.called(1);
  const confirmed = await browser.send("POST", `/v1/phones/${numberId}/confirm`, { code });
  expect(confirmed).toMatchObject({ status: 200, body: { phones: { active: true } } });
  const own = async () =>
    (await executions(url)).filter(
      ({ input }) => (input as { accountId: string }).accountId === id,
    );
  const running = async () => (await own()).filter(({ status }) => status === "RUNNING");
  const noneRuns = () => expect.poll(running, { timeout: 10_000, interval: 20 }).toEqual([]);
  await noneRuns();
  await browser.send("POST", "/v1/sign-out");

  const askForCall = () => browser.send("POST", "/v1/challenge/call", { numberId });
  return {
    id,
    number,
    url,
    endpoints,
    ...browser,
    phone,
    /** Their executions, newest first. */
    executions: own,
    noneRuns,
    askForCall,
    /** Signs in as far as the first call. */
    askForFirstCall: async () => {
      expect(await signIn()).toMatchObject({ status: "second_step" });
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

async function secondsUntil(url: string, next: Sent["next"] | undefined): Promise<number> {
  return (Date.parse(next?.availableAt ?? "") - (await stackTime(url))) / 1000;
}

test("a call, four digits, signed in, and nothing is sent or runs any more", async () => {
  const person = await aPersonWithPhone();
  const { url, send, has, phone, askForFirstCall, sent, giveCode, noneRuns } = person;
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
  await noneRuns();
  const [newest] = await person.executions();
  expect(newest).toMatchObject({ status: "SUCCEEDED", input: { accountId: person.id } });
  expect(JSON.stringify(newest)).not.toContain(person.number.slice(1));

  await advance(url, 300);
  expect(await phone.calls()).toHaveLength(2);
  expect(await phone.sms()).toEqual([]);
});

test("three calls get lost, by the clock alone an SMS comes, and its code signs in", async () => {
  const { url, phone, askForFirstCall, sent, giveCode, noneRuns } = await aPersonWithPhone();
  await planFaults(url, { calls: ["lost", "lost", "lost"] });
  await askForFirstCall();
  expect(await sent()).toMatchObject({ via: "call", attempt: 1, next: { via: "call" } });
  // At once, without a look whether the call is placed: the move waits for that.
  for (const [attempt, via] of [
    [2, "call"],
    [3, "sms"],
  ] as const) {
    await advance(url, 41);
    const next = { via: "call", attempt, digits: 4, next: { via } };
    await expect.poll(sent, { timeout: 10_000 }).toMatchObject(next);
  }
  await advance(url, 41);
  const last = { via: "sms", state: "sent", attempt: 1, digits: 6, next: { via: "sms" } };
  await expect.poll(sent, { timeout: 10_000 }).toMatchObject(last);
  const code = await phone.texted(1);
  expect(await phone.calls()).toHaveLength(1);
  const [sms] = await phone.sms();
  expect(sms?.text).toMatch(/^\d{6} .*\n\n@127\.0\.0\.1 #\d{6}$/s);

  expect(await giveCode(code)).toMatchObject({ status: 200, body: { status: "signed_in" } });
  await noneRuns();
  await advance(url, 300);
  expect(await phone.sms()).toHaveLength(1);
});

test("who says that no call came gets the next one once it is time, and forty such requests make one call", async () => {
  const { url, phone, askForCall, askForFirstCall, sent } = await aPersonWithPhone();
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
  const { url, phone, askForFirstCall, sent, giveCode, noneRuns } = await aPersonWithPhone();
  await planFaults(url, { calls: ["no_money"] });
  await askForFirstCall();
  const code = await phone.texted(1);
  expect(await sent()).toMatchObject({ via: "sms", attempt: 1 });
  expect(await giveCode(code)).toMatchObject({ status: 200 });
  await noneRuns();
});

test("what an operator stops does not ring, and no SMS comes; what they take back rings again", async () => {
  const { endpoints, phone, askForCall, askForFirstCall, noneRuns } = await aPersonWithPhone();
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
  await noneRuns();
  expect(await askForCall()).toMatchObject({ status: 409, body: { code: "no_way_left" } });
  expect([(await phone.calls()).length, await phone.sms()]).toEqual([1, []]);

  expect(await sends("--resume", "UA")).toMatchObject({ stdout: "Nothing is stopped.\n" });
  await askForFirstCall();
  await phone.called(2);
});

test("a call that the carrier says has failed is followed by the next one by itself", async () => {
  const { url, phone, askForFirstCall, sent } = await aPersonWithPhone();
  await planFaults(url, { calls: ["failed"] });
  await askForFirstCall();
  await phone.called(2);
  expect(await sent()).toMatchObject({ via: "call", attempt: 2 });
});

test("a fallback that nobody answers has ended after eleven minutes, however the clock gets there", async () => {
  const { url, phone, askForFirstCall, noneRuns } = await aPersonWithPhone();
  await askForFirstCall();
  for (let minute = 0; minute < 11; minute += 1) await advance(url, 60);
  await noneRuns();
  expect((await phone.calls()).length).toBeLessThanOrEqual(4);
  expect((await phone.sms()).length).toBeLessThanOrEqual(2);

  await askForFirstCall();
  await advance(url, 660);
  await noneRuns();
});
