import { expect, onTestFinished, test } from "vitest";
import { runSecondStep } from "../../web/second-step/run.ts";
import { viewOf, type State } from "../../web/second-step/state.ts";
import type { Challenge } from "../../web/client.ts";
import { aChallenge, inSeconds } from "./support/challenge.ts";
import { fakeClient, ok, refuse } from "./support/fake-client.ts";
import { handClock, settled } from "./support/hand-clock.ts";

/** A second step that runs on a wire and a clock of the test's. */
function running(challenge: Challenge = aChallenge()) {
  const [wire, page] = [fakeClient(), handClock()];
  wire.answer("readTime", ok({ now: inSeconds(0) }));
  wire.answer("readChallenge", ok(challenge));
  let state: State | undefined;
  const run = runSecondStep(
    wire.client,
    challenge,
    { surroundings: page, completionKey: (id) => `key of ${id}`, remembered: "totp" },
    (next) => {
      state = next;
    },
  );
  onTestFinished(() => run.stop());
  const now = () => {
    if (!state) throw new Error("it has told no state");
    return state;
  };
  return { wire, page, run, now, asked: (name: string) => wire.names().filter((n) => n === name) };
}

test("an answer in Telegram completes at once, with the challenge's key, and nothing is asked after it", async () => {
  const { wire, page, now } = running();
  wire.answer("completeChallenge", ok({ status: "signed_in" }));
  await page.pass(1500);
  wire.answer("readChallenge", ok(aChallenge({ status: "approved" })));
  await page.pass(1000);
  expect(now().phase).toEqual({
    kind: "completed",
    value: { status: "signed_in" },
    by: "telegram",
  });
  expect(wire.calls.at(-1)).toMatchObject({ name: "completeChallenge", key: "key of chal_1" });
  const { length } = wire.calls;
  page.comeBack();
  await page.pass(600_000);
  expect(wire.calls).toHaveLength(length);
});

test.each(["denied", "expired", "locked"] as const)(
  "%s is final: no request more",
  async (status) => {
    const { wire, page, now } = running();
    wire.answer("readChallenge", ok(aChallenge({ status })));
    await page.pass(1000);
    expect(viewOf(now())).toEqual({ kind: "ended", ending: status });
    const { length } = wire.calls;
    page.comeBack();
    await page.pass(600_000);
    expect(wire.calls).toHaveLength(length);
  },
);

test("a completion that was not answered is asked for again with the same key", async () => {
  const { wire, page, now } = running(aChallenge({ status: "approved" }));
  wire.answer("completeChallenge", "no answer", "no answer", ok({ status: "signed_in" }));
  await page.pass(100);
  expect(now().connection).toBe("unreachable");
  await page.pass(10_000);
  expect(now().phase.kind).toBe("completed");
  expect(new Set(wire.calls.map(({ key }) => key))).toEqual(new Set(["key of chal_1"]));
});

test("while a code is being answered nothing else is asked: no poll collects the session twice", async () => {
  const { wire, page, run, asked } = running();
  await page.pass(1500);
  const polls = asked("readChallenge").length;
  wire.answer("answerTotp", ok({ status: "signed_in" }));
  run.sendCode("totp", "123456");
  await page.pass(60_000);
  expect(asked("readChallenge")).toHaveLength(polls);
  expect(asked("completeChallenge")).toEqual([]);
  expect(wire.calls.at(-1)).toMatchObject({ body: { code: "123456" }, key: "key of chal_1" });
});

test("a code that got no answer is sent again, unasked, once the service is back and has not charged it", async () => {
  const { wire, page, run, now, asked } = running();
  wire.answer("answerTotp", "no answer", ok({ status: "signed_in" }));
  wire.answer("readChallenge", "no answer", "no answer", ok(aChallenge()));
  run.sendCode("totp", "123456");
  await page.pass(500);
  expect(now()).toMatchObject({ connection: "unreachable", busy: false });
  await page.pass(20_000);
  expect(asked("answerTotp")).toHaveLength(2);
  expect(now().phase.kind).toBe("completed");
});

test("a code that got no answer and was wrong is not charged a second time", async () => {
  const { wire, page, run, now, asked } = running();
  wire.answer("answerTotp", "no answer");
  wire.answer("readChallenge", ok(aChallenge({ attemptsLeft: 4 })));
  run.sendCode("totp", "123456");
  await page.pass(5000);
  expect(asked("answerTotp")).toHaveLength(1);
  expect(now()).toMatchObject({
    unanswered: undefined,
    said: { method: "totp", what: { kind: "wrong_code", attemptsLeft: 4 } },
  });
});

test("a code that never gets an answer is given up after a few tries, with a word", async () => {
  const { wire, page, run, now, asked } = running();
  wire.answer("answerTotp", { status: 502, body: {} });
  run.sendCode("totp", "123456");
  await page.pass(60_000);
  expect(asked("answerTotp")).toHaveLength(5);
  expect(now()).toMatchObject({ unanswered: undefined, said: { what: { kind: "refused" } } });
});

test("a second window sees that the first one signed in", async () => {
  const { wire, page, now } = running();
  wire.answer("readChallenge", ok(aChallenge({ status: "approved" })));
  wire.answer("completeChallenge", refuse(409, "challenge_completed"));
  wire.answer("readSession", refuse(401, "unauthenticated"), ok({}));
  await page.pass(10_000);
  expect(now().phase).toEqual({ kind: "completed", value: { status: "signed_in" } });
});

test("a second window says so where nobody is signed in", async () => {
  const { wire, page, now, asked } = running();
  wire.answer("readChallenge", refuse(401, "no_challenge"));
  wire.answer("readSession", refuse(401, "unauthenticated"));
  await page.pass(20_000);
  expect(viewOf(now())).toEqual({ kind: "ended", ending: "gone" });
  expect(asked("readSession").length).toBeLessThan(6);
});

test("at re-authentication a session that was there before proves nothing", async () => {
  const { wire, page, now } = running(aChallenge({ purpose: "reauthentication" }));
  wire.answer("readChallenge", refuse(401, "no_challenge"));
  wire.answer("readSession", ok({}));
  await page.pass(20_000);
  expect(viewOf(now())).toEqual({ kind: "ended", ending: "gone" });
});

test("a call that comes too early reads the service's clock again", async () => {
  const { wire, page, run, now, asked } = running();
  await page.pass(100);
  wire.answer("requestCall", refuse(429, "too_early", { retryAfter: 7 }));
  run.requestCall("phone_1");
  await settled();
  await page.pass(100);
  expect(now().said).toEqual({ method: "phone", what: { kind: "too_early" } });
  expect(asked("readTime")).toHaveLength(2);
});

test("giving up tells the service, then nothing", async () => {
  const { wire, page, run } = running();
  wire.answer("cancelChallenge", { status: 204 });
  await run.cancel();
  await page.pass(60_000);
  expect(wire.names().at(-1)).toBe("cancelChallenge");
});

const another = refuse(409, "session_of_another_account", {
  account: { email: "ann@example.com" },
  session: { email: "bob@example.com" },
});

test("an approved link replaces another account's session only once the person agrees", async () => {
  const { wire, page, run, now, asked } = running(aChallenge({ status: "approved" }));
  wire.answer("completeChallenge", another, ok({ status: "signed_in" }));
  await page.pass(600_000);
  expect(asked("completeChallenge")).toHaveLength(1);
  expect(now().phase).toMatchObject({ kind: "another_session", session: "bob@example.com" });
  run.replaceSession();
  await page.pass(100);
  expect(now().phase.kind).toBe("completed");
  expect(wire.calls.at(-1)).toMatchObject({
    name: "completeChallenge",
    body: { replaceSession: true },
    key: "key of chal_1",
  });
});

test("a code that was typed is sent again with the agreement, once, and nothing is asked meanwhile", async () => {
  const { wire, page, run, now, asked } = running();
  wire.answer("answerTotp", another, ok({ status: "signed_in" }));
  run.sendCode("totp", "123456");
  await page.pass(1);
  const { length } = wire.calls;
  await page.pass(60_000);
  expect(wire.calls.slice(length).filter(({ name }) => name !== "readTime")).toEqual([]);
  run.replaceSession();
  await page.pass(100);
  expect(now().phase.kind).toBe("completed");
  expect(asked("answerTotp")).toHaveLength(2);
  expect(wire.calls.at(-1)?.body).toEqual({ code: "123456", replaceSession: true });
});

test("who stays gives the challenge up, and nothing is asked of it any more", async () => {
  const { wire, page, run, asked } = running(aChallenge({ status: "approved" }));
  wire.answer("completeChallenge", another);
  wire.answer("cancelChallenge", { status: 204 });
  await page.pass(100);
  await run.cancel();
  await page.pass(60_000);
  expect(asked("cancelChallenge")).toHaveLength(1);
  expect(asked("completeChallenge")).toHaveLength(1);
});
