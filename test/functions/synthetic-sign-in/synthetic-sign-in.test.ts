import { expect, test } from "vitest";
import type { Credentials } from "../../../functions/synthetic-sign-in/credentials.ts";
import { signInAndOut } from "../../../functions/synthetic-sign-in/sign-in-and-out.ts";
import type { SyntheticAccount } from "../../../functions/synthetic-sign-in/sign-in-and-out.ts";
import { syntheticSignIn } from "../../../functions/synthetic-sign-in/synthetic-sign-in.ts";
import type { Reply, Visitor } from "../../../functions/synthetic-sign-in/visitor.ts";
import type { Log } from "../../../lib/log/log.ts";
import type { Measure } from "../../../lib/log/measure.ts";
import { syntheticAccount } from "../../../lib/settings/synthetic-account.ts";
import { newSecuredPerson } from "../../support/service-people.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { clock, storage } = service;
const now = () => clock.now();
const path = `/v1/accounts/${syntheticAccount.id}`;

/** What breaks one request, by its number; undefined lets it through. */
type Breaks = (n: number) => "before" | "after" | undefined;

/** The synthetic sign-in over the whole service; its secret in a variable, which other runs share. */
const secret: { kept: Credentials | undefined } = { kept: undefined };
let passwords = 0;
const aRun = (breaks: Breaks = () => undefined) => {
  let n = 0;
  const breaking = async <T>(work: () => Promise<T>): Promise<T> => {
    const how = breaks((n += 1));
    if (how === "before") throw new Error("No answer.");
    const result = await work();
    if (how === "after") throw new Error("The answer was lost.");
    return result;
  };
  const account: SyntheticAccount = {
    read: () => breaking(() => Promise.resolve(secret.kept)),
    write: (credentials) =>
      breaking(() => {
        secret.kept = credentials;
        return Promise.resolve();
      }),
    newPassword: () => `a password of the synthetic sign-in, number ${(passwords += 1)}`,
    put: (password) =>
      breaking(() => service.host.put(path, { email: syntheticAccount.email, password })),
    reset: () => breaking(() => service.host.post(`${path}/reset`, { reason: "begin anew" })),
  };
  const browser = service.browser();
  const visitor: Visitor = {
    send: (method, to, json): Promise<Reply> =>
      breaking(() => browser.send(method, to, json === undefined ? {} : { json })),
  };
  return { account, visitor, requests: () => n };
};
const run = (breaks?: Breaks) => {
  const { account, visitor } = aRun(breaks);
  clock.advance(300);
  return signInAndOut(account, visitor, now);
};
const startAnew = async () => {
  secret.kept = undefined;
  await run();
  expect(await run()).toMatchObject({ kind: "signed_in" });
};

test("the first run makes its credentials, its account and its authenticator; the next ones sign in and out", async () => {
  expect(await run()).toEqual({ kind: "prepared" });
  for (let n = 0; n < 14; n += 1) expect(await run()).toEqual({ kind: "signed_in", seconds: 0 });
  // The only live session is that of the run itself, so runs do not add up.
  const { account, visitor } = aRun();
  const listed: unknown[] = [];
  clock.advance(300);
  await signInAndOut(
    account,
    {
      async send(method, to, json) {
        if (to === "/v1/sign-out") listed.push((await visitor.send("GET", "/v1/sessions")).body);
        return visitor.send(method, to, json);
      },
    },
    now,
  );
  expect(listed).toMatchObject([{ sessions: [{ current: true }] }]);
});

test("it counts in no measure of people", async () => {
  await startAnew();
  const before = service.measures.length;
  await run();
  const names = new Set(service.measures.slice(before).map(({ name }) => name));
  for (const name of ["PasswordTried", "ChallengeOpened", "ChallengeEnded", "SecondFactorTime"])
    expect(names).not.toContain(name);
  const { person } = await newSecuredPerson(service);
  expect(person.id).not.toBe(syntheticAccount.id);
  expect(service.measures.slice(before).map(({ name }) => name)).toContain("PasswordTried");
});

/** Every request of a first run and of a later one, lost before it is answered and after. */
const broken = (["before", "after"] as const).flatMap((how) =>
  ["the first run", "a later run"].flatMap((which) =>
    Array.from({ length: 8 }, (_, n) => ({ how, which, nth: n + 1 })),
  ),
);

test.each(broken)(
  "$which that loses request $nth $how it is answered does not lock itself out",
  async ({ how, which, nth }) => {
    if (which === "the first run") secret.kept = undefined;
    else await startAnew();
    await run((n) => (n === nth ? how : undefined)).catch(() => undefined);
    const after = [await run(), await run(), await run(), await run(), await run()];
    expect(after.slice(-2)).toMatchObject([{ kind: "signed_in" }, { kind: "signed_in" }]);
  },
);

test("two runs at once, of which one wins each step, do not lock it out", async () => {
  secret.kept = undefined;
  for (let n = 0; n < 3; n += 1) await Promise.allSettled([run(), run()]);
  await run();
  await run();
  expect(await run()).toMatchObject({ kind: "signed_in" });
});

test("a code that another run has used is no failure", async () => {
  await startAnew();
  const { account, visitor } = aRun();
  expect(await signInAndOut(account, visitor, now)).toEqual({ kind: "run_twice" });
});

test("a secret that says another authenticator than the account has is mended, and told as a failure", async () => {
  await startAnew();
  secret.kept = { ...(secret.kept ?? { password: "" }), totp: "A".repeat(32) };
  expect(await run()).toMatchObject({ kind: "failed", at: "second_step", status: 401 });
  expect(await run()).toEqual({ kind: "prepared" });
  expect(await run()).toMatchObject({ kind: "signed_in" });
});

const measured = async (account: SyntheticAccount, visitor: () => Visitor) => {
  const measures: Measure[] = [];
  const lines: string[] = [];
  const note = (message: string, fields: unknown) =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = {
    info: note,
    warn: note,
    error: note,
    measure: (one) => void measures.push(one),
  };
  await syntheticSignIn({ account, visitor, now, log })();
  return { measures: measures.map(({ name, value }) => `${name} ${value}`), lines: lines.join() };
};

test("what went well and what failed is measured, and no line has a secret", async () => {
  await startAnew();
  clock.advance(300);
  const { account, visitor } = aRun();
  const good = await measured(account, () => visitor);
  expect(good.measures).toEqual(["SyntheticSignInFailed 0", "SyntheticSignInTime 0"]);
  clock.advance(300);
  storage.failWhen(() => "before");
  const bad = await measured(account, () => aRun().visitor);
  storage.failWhen(undefined);
  expect(bad.measures).toEqual(["SyntheticSignInFailed 1"]);
  expect(bad.lines).toBe('synthetic_sign_in_failed {"step":"password","status":503}');
  const unreachable: Visitor = { send: () => Promise.reject(new Error("quotes a password")) };
  const down = await measured(account, () => unreachable);
  expect(down.measures).toEqual(["SyntheticSignInFailed 1"]);
  expect(down.lines).not.toContain("quotes");
});
