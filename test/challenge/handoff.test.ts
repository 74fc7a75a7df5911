import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resetAccount } from "../../lib/whole-account/reset-account.ts";
import { answerTotp } from "../../lib/totp/answer-totp.ts";
import { findChallenge } from "../../lib/account/challenges.ts";
import { redeemGrant } from "../../lib/challenge/redeem-grant.ts";
import { takeHandoff } from "../../lib/challenge/take-handoff.ts";
import { readToken, writeToken } from "../../lib/challenge/token.ts";
import { hashToken } from "../../lib/crypto/token.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt, totpKeys } from "../support/authenticator.ts";
import { aChallenge, anAnswer } from "../support/challenge.ts";
import { accountId, challengeId } from "../support/ids.ts";
import { context, minute, noon, second } from "../support/time.ts";

const id = challengeId("challenge");
const handedOver = aChallenge({
  secretHash: "",
  handoff: { tokenHash: hashToken("token"), taken: null, returnTo: "https://panel.example/" },
});
const ann = anAccount({ authenticators: [anAuthenticator()], challenges: [handedOver] });

const take = (account = ann, { token = "token", secret = "first", key = "", now = noon } = {}) =>
  takeHandoff(
    account,
    {
      challengeId: id,
      tokenHash: hashToken(token),
      secretHash: hashToken(secret),
      repeatKeyHash: key || null,
    },
    context(now),
  );

describe("a challenge that a host opened", () => {
  test("is held by no browser until one comes with its token", () => {
    expect(findChallenge(ann, id, "")).toBeUndefined();
    expect(findChallenge(ann, id, "token")).toBeUndefined();
    const { account, outcome } = take();
    expect(outcome.kind).toBe("taken");
    expect(findChallenge(account, id, "first")?.id).toBe(id);
  });

  test("is taken once: its URL opens nothing for whoever finds it later", () => {
    const { account } = take();
    expect(take(account, { secret: "second" })).toEqual({
      account,
      outcome: { kind: "no_challenge" },
    });
  });

  test("is given again to the browser whose answer was lost, by the same key, for a minute", () => {
    const { account } = take(ann, { key: "key" });
    const again = take(account, { key: "key", now: noon + minute - 1 });
    expect(again.outcome.kind).toBe("taken");
    expect(again.account).toBe(account);
    for (const given of [{ key: "" }, { key: "other" }, { key: "key", now: noon + minute }]) {
      expect(take(account, given).outcome).toEqual({ kind: "no_challenge" });
    }
  });

  test("is not given again where the first came without a key", () => {
    expect(take(take().account).outcome).toEqual({ kind: "no_challenge" });
  });

  test.each(["", "Token", "token "])("is not taken with the token %j", (token) => {
    expect(take(ann, { token })).toEqual({ account: ann, outcome: { kind: "no_challenge" } });
  });

  test("tells why it is over to whoever has its token alone", () => {
    const late = noon + 10 * minute;
    expect(take(ann, { now: late }).outcome).toEqual({ kind: "closed", as: "expired" });
    expect(take(ann, { now: late, token: "other" }).outcome).toEqual({ kind: "no_challenge" });
    expect(take({ ...ann, epoch: 2 }).outcome).toEqual({ kind: "closed", as: "cancelled" });
  });

  test("cannot be taken where the password was given here", () => {
    const account = { ...ann, challenges: [aChallenge()] };
    expect(take(account).outcome).toEqual({ kind: "no_challenge" });
  });
});

const complete = (account = ann, given: Parameters<typeof anAnswer>[0] = {}, now = noon) =>
  answerTotp(
    account,
    { ...anAnswer({ newGrantHash: hashToken("grant"), ...given }), code: codeAt(now), totpKeys },
    context(now),
  );

const redeem = (account: typeof ann, { grant = "grant", by = "", now = noon } = {}) =>
  redeemGrant(account, { challengeId: id, hash: hashToken(grant), by }, context(now));

describe("a grant", () => {
  test("tells the host once that its challenge was completed", () => {
    const { account } = complete();
    const redeemed = redeem(account);
    expect(redeemed.outcome).toMatchObject({ kind: "redeemed", completion: { method: "totp" } });
    expect(redeem(redeemed.account)).toEqual({
      account: redeemed.account,
      outcome: { kind: "not_found" },
    });
  });

  test("tells its caller again by the same key, for a minute, and nobody else", () => {
    const { account } = redeem(complete().account, { by: "host and key" });
    const again = redeem(account, { by: "host and key", now: noon + minute - 1 });
    expect(again).toMatchObject({ outcome: { kind: "redeemed" } });
    expect(again.account).toBe(account);
    for (const given of [
      { by: "" },
      { by: "another" },
      { by: "host and key", now: noon + minute },
    ]) {
      expect(redeem(account, given).outcome.kind).toBe("not_found");
    }
  });

  test("is good for a minute", () => {
    const { account } = complete();
    expect(redeem(account, { now: noon + minute - 1 }).outcome.kind).toBe("redeemed");
    expect(redeem(account, { now: noon + minute }).outcome.kind).toBe("not_found");
  });

  test("is redeemed by nothing but itself", () => {
    for (const grant of ["", "token", "Grant"]) {
      expect(redeem(complete().account, { grant }).outcome.kind).toBe("not_found");
    }
    expect(redeem(ann).outcome.kind).toBe("not_found");
  });

  test("is made only where a host asked", () => {
    const { account } = complete({ ...ann, challenges: [aChallenge()] });
    expect(account.challenges[0]?.completion?.grantHash).toBeNull();
    expect(redeem(account).outcome.kind).toBe("not_found");
  });

  test("is made anew for a repeated completion, and the first one is dead", () => {
    const repeatKeyHash = "repeat";
    const first = complete(ann, { repeatKeyHash });
    const newGrantHash = hashToken("again");
    const again = complete(first.account, { repeatKeyHash, newGrantHash }, noon + second);
    expect(again.outcome.kind).toBe("completed");
    expect(redeem(again.account).outcome.kind).toBe("not_found");
    expect(redeem(again.account, { grant: "again" }).outcome.kind).toBe("redeemed");
  });

  test("that was redeemed is not made anew", () => {
    const repeatKeyHash = "repeat";
    const { account } = redeem(complete(ann, { repeatKeyHash }).account);
    const again = complete(account, { repeatKeyHash, newGrantHash: hashToken("again") });
    expect(again.outcome.kind).toBe("completed");
    expect(again.account).toBe(account);
    expect(redeem(again.account, { grant: "again" }).outcome.kind).toBe("not_found");
  });
});

describe("under a newer epoch, within the minute,", () => {
  const repeatKeyHash = "repeat";
  const reset = resetAccount(complete(ann, { repeatKeyHash }).account, aClient(), context(noon));

  test("a grant is not redeemed", () => {
    expect(redeem(reset.account).outcome.kind).toBe("not_found");
  });

  test("no completion is repeated, and no grant made anew", () => {
    expect(complete(reset.account, { repeatKeyHash })).toEqual({
      account: reset.account,
      outcome: { kind: "closed", as: "completed" },
    });
  });
});

test("a token is read as it was written, and nothing else is a token", () => {
  const ofHost = fc
    .stringMatching(/^[A-Za-z0-9._~:@|+-]{1,128}$/)
    .filter((id) => id !== "." && id !== "..");
  const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
  const secretPart = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
  fc.assert(
    fc.property(ofHost, part, secretPart, (account, challenge, secret) => {
      const token = {
        accountId: accountId(account),
        challengeId: challengeId(challenge),
        secret,
      };
      expect(readToken(writeToken(token))).toEqual(token);
    }),
  );
  const secret = "s".repeat(43);
  const wrong = [
    ...[undefined, "", "a", "a.b", "a.b."],
    ...[`.b.${secret}`, `a..${secret}`, `...b.${secret}`, `a#.b.${secret}`, `a.b.${secret}.d`],
    ...[`a.b.${secret}s`, `a.b.${secret.slice(1)}`, `a.b.${secret}\n`],
  ];
  for (const text of wrong) expect(readToken(text)).toBeUndefined();
});
