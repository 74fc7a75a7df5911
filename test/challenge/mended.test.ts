import { describe, expect, test } from "vitest";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { cancelChallenge } from "../../lib/challenge/cancel-challenge.ts";
import { matchTotp, useTimeStep } from "../../lib/totp/match-totp.ts";
import { addressGroup } from "../../lib/guard/address.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { dynamoSessionStore } from "../../lib/runtime/dynamo-session-store.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, stepAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { startDynalite } from "../support/dynalite.ts";
import { useTable } from "../support/every-table.ts";
import { authenticatorId } from "../support/ids.ts";
import { aSession } from "../support/session.ts";
import { aStory } from "../support/story.ts";
import { context, noon, second } from "../support/time.ts";

const guarded = anAccount({ authenticators: [anAuthenticator()] });
const ann = { ...guarded, challenges: [aChallenge()] };

test("a clock that goes back over a step's edge refuses a code, it does not break down", () => {
  const used = { authenticatorId: authenticatorId("phone"), timeStep: stepAt(noon) + 1 };
  const account = useTimeStep(ann, used, context(noon));
  expect(matchTotp(account, codeAt(noon), totpKeys, context(noon - 1)).kind).not.toBe("right");
});

test("one authenticator whose last step is ahead does not take the others out of use", () => {
  const ahead = anAuthenticator("phone", { lastStep: stepAt(noon) + 2 });
  const account = anAccount({ authenticators: [ahead, anAuthenticator("tablet")] });
  const code = codeAt(noon, { name: "tablet" });
  expect(matchTotp(account, code, totpKeys, context(noon)).kind).toBe("right");
});

describe("what became of a challenge can be asked by when it ended, not by when it began:", () => {
  /** The first challenge is open, three that were opened after it are over. */
  const aCrowd = () => {
    const story = aStory(guarded);
    const first = story.open();
    for (let n = 0; n < 3; n += 1) {
      const id = story.open();
      story.decide((one, now) => cancelChallenge(one, id, aClient(), now));
    }
    story.wait(second);
    return { story, first };
  };

  test("one that a new one has just cancelled", () => {
    const { story, first } = aCrowd();
    for (let n = 0; n < 3; n += 1) story.open();
    expect(story.right(first)).toEqual({ kind: "closed", as: "cancelled" });
  });

  test("one that was just completed, again with its Idempotency-Key", () => {
    const { story, first } = aCrowd();
    const given = { ...anAnswer({ challengeId: first, repeatKeyHash: "key" }), totpKeys };
    const answer = () =>
      story.decide((one, now) => answerTotp(one, { ...given, code: codeAt(story.now()) }, now));
    expect(answer().kind).toBe("completed");
    story.open();
    expect(answer().kind).toBe("completed");
  });
});

describe("sessions", () => {
  const table = useTable(startDynalite);
  test("putting a record that says revoked leaves no live session", async () => {
    const named = tableOf(table().client(), table().tableName);
    const store = dynamoSessionStore(named, defaultLimits);
    const session = aSession({ revokedAt: noon });
    await store.put(session);
    const found = (await store.loadWithAccount(session.accountId, session.id)).session;
    expect(found?.revokedAt ?? noon).toBe(found === undefined ? noon : found.revokedAt);
  });
});

test.each([
  ["::ffff:c000:207", "192.0.2.7"],
  ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"],
  ["::1:2:3:4:5:192.0.2.7", "0:1:2:3::/64"],
])("the address %s counts as %s", (ip, group) => {
  expect(addressGroup(ip)).toBe(group);
});

test("a code that was used is told as used, refundGuess, after its window as well", () => {
  const story = aStory(guarded);
  const code = codeAt(noon);
  story.totp(story.open(), code);
  const next = story.open();
  story.wait(60 * second);
  expect(story.totp(next, code)).toEqual({ kind: "code_already_used" });
});
