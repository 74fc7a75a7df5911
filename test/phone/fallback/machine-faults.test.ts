import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import { requestCallRoute } from "../../../functions/challenge/phone-routes.ts";
import { httpFunction } from "../../../lib/http/http-function.ts";
import { cancelChallenge } from "../../../lib/challenge/cancel-challenge.ts";
import { hashToken } from "../../../lib/crypto/token.ts";
import { setChallengeCookie } from "../../../lib/http/cookies.ts";
import { aClient } from "../../support/account.ts";
import { aChallenge } from "../../support/challenge.ts";
import { accountId, challengeId } from "../../support/ids.ts";
import { receive } from "../../support/service-gateway.ts";
import { aPhone } from "../../support/phones.ts";
import { noon } from "../../support/time.ts";
import { aPhoneAccount, aWorld } from "./support/world.ts";

const down = () => new Error("Step Functions is down.");
const fallbackOf = async (world: ReturnType<typeof aWorld>) =>
  (await world.account()).challenges[0]?.fallback;

test("where no execution can be started the request is taken back, and can be made again", async () => {
  const world = aWorld();
  world.faults.start.push(down());
  await expect(world.request()).rejects.toThrow("down");
  expect((await fallbackOf(world))?.sends).toEqual([]);
  await world.run(300);
  expect(world.placedAt).toEqual([]);
  expect(await world.request()).toBe("requested");
  expect(world.placedAt).toEqual([{ channel: "call", second: 300 }]);
  expect(world.started()).toEqual(["challenge-2"]);
});

test("the page is told 503 of it, and nothing more", async () => {
  const secret = "s".repeat(43);
  const challenge = aChallenge({ secretHash: hashToken(secret) });
  const world = aWorld(aPhoneAccount({ challenges: [challenge] }));
  const handler = httpFunction([requestCallRoute], world.services);
  const cookie = { accountId: accountId("ann"), id: challenge.id, secret };
  const { event } = receive(
    {
      method: "POST",
      path: "/v1/challenge/call",
      headers: { "content-type": "application/json" },
      cookies: setChallengeCookie(cookie, 600).split("; ").slice(0, 1),
      body: JSON.stringify({ numberId: aPhone().id }),
      ip: "192.0.2.7",
    },
    "request",
    noon,
  );
  world.faults.start.push(down());
  const call = () => handler(event, { getRemainingTimeInMillis: () => 10_000 } as Context);
  const refused = await call();
  expect(refused.statusCode).toBe(503);
  expect(JSON.parse(refused.body ?? "")).toMatchObject({ code: "unavailable" });
  expect(refused.body).not.toContain("Step Functions");
  expect((await call()).statusCode).toBe(202);
  await world.run(0);
  expect(world.placedAt).toHaveLength(1);
});

test("an execution that was started though the answer was lost makes the call that was asked for again, once", async () => {
  const world = aWorld();
  const start = world.machine.start.bind(world.machine);
  let lost = false;
  Object.assign(world.machine, {
    start: async (...given: Parameters<typeof start>) => {
      await start(...given);
      if (!lost) {
        lost = true;
        throw down();
      }
    },
  });
  await expect(world.request()).rejects.toThrow("down");
  await world.request();
  await world.run(15);
  expect(world.placedAt).toEqual([{ channel: "call", second: 0 }]);
});

test("a dead token leads to a new run, which looks what is due", async () => {
  const world = aWorld();
  await world.request();
  await world.run(130);
  expect(world.placedAt.at(-1)).toEqual({ channel: "sms", second: 120 });
  // The SMS task waits three minutes; then nobody waits by its token.
  await world.run(180);
  expect(world.running()).toBe(0);
  expect(await world.request()).toBe("requested");
  expect(world.started()).toEqual(["challenge-1", "challenge-2"]);
  await world.run(5);
  expect(world.placedAt.at(-1)).toEqual({ channel: "sms", second: 310 });
});

test("a dead token and no new run: the request is taken back", async () => {
  const world = aWorld();
  await world.request();
  await world.run(310);
  const { sends } = (await fallbackOf(world)) ?? { sends: [] };
  world.faults.start.push(down());
  await expect(world.request()).rejects.toThrow("down");
  expect((await fallbackOf(world))?.sends).toEqual(sends);
  expect(await world.request()).toBe("requested");
  await world.run(5);
  expect(world.placedAt.at(-1)?.channel).toBe("sms");
});

test("an end that does not get through holds up no sign-in; the execution finds out by itself", async () => {
  const world = aWorld();
  await world.request();
  await world.run(10);
  world.faults.end.push(down());
  expect((await world.answer(world.heard())).kind).toBe("completed");
  expect(world.log.map(({ message }) => message)).toContain("fallback_end_failed");
  expect(world.running()).toBe(1);
  await world.run(41);
  expect(world.running()).toBe(0);
  expect(world.placedAt).toHaveLength(1);
});

test("a dead token of a challenge that ended just then starts nothing", async () => {
  const world = aWorld();
  await world.request();
  await world.run(20);
  const id = challengeId("challenge");
  Object.assign(world.machine, {
    move: async () => {
      await world.decide((one, now) => cancelChallenge(one, id, aClient(), now));
      return "gone";
    },
  });
  await world.request();
  await world.run(300);
  expect(world.started()).toEqual(["challenge-1"]);
  expect(world.placedAt).toHaveLength(1);
});
