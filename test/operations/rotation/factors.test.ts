import { createDecipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Account } from "../../../lib/account/account.ts";
import { reencryptAccount } from "../../../lib/whole-account/reencrypt-account.ts";
import { voidRecoveryCodes } from "../../../lib/recovery-codes/void-recovery-codes.ts";
import { answerPhoneCode } from "../../../lib/phone/answer-phone-code.ts";
import { answerRecoveryCode } from "../../../lib/recovery-codes/answer-recovery-code.ts";
import { answerTotp } from "../../../lib/totp/answer-totp.ts";
import type { KeyRing } from "../../../lib/crypto/key-ring.ts";
import { keyRing } from "../../../lib/crypto/key-ring.ts";
import { recoveryCodeHashes } from "../../../lib/recovery-codes/recovery-codes.ts";
import { openTotpSecret } from "../../../lib/totp/totp-secret.ts";
import { callCode, smsCode, toldCodeHash } from "../../../lib/phone/fallback/codes.ts";
import type { SendCode } from "../../../lib/account/fallback.ts";
import { aPhoneAccount } from "../../phone/fallback/support/world.ts";
import { anAccount } from "../../support/account.ts";
import { anAuthenticator, codeAt, totpKeys, totpSecret } from "../../support/authenticator.ts";
import { aChallenge, anAnswer } from "../../support/challenge.ts";
import { accountId, authenticatorId, challengeId } from "../../support/ids.ts";
import { aFallback, aSend, codeKeys } from "../../support/phones.ts";
import { recoveryCodesOf, recoveryKeys } from "../../support/recovery-codes.ts";
import { context, hour, noon } from "../../support/time.ts";

/** The rings of a rotation, of a ring with the old key alone: added, used, dropped. */
const rotated = ([old]: KeyRing, [made]: KeyRing) =>
  [[old, made], [made, old], [made]] as const satisfies KeyRing[];

describe("secrets of authenticator apps", () => {
  const newKeys = keyRing("the new secret text for TOTP keys, of more than 43 characters", "totp");
  const [added, used, dropped] = rotated(totpKeys, newKeys);
  const account = anAccount({
    authenticators: [anAuthenticator("phone"), anAuthenticator("tablet")],
    challenges: [aChallenge()],
  });
  const answer = (one: Account, keys: KeyRing) =>
    answerTotp(one, { ...anAnswer(), code: codeAt(noon), totpKeys: keys }, context(noon));

  test("one of before keys had names opens with the old key and with both, never with the new alone", () => {
    for (const keys of [totpKeys, added, used]) {
      expect(answer(account, keys).outcome.kind).toBe("completed");
    }
    expect(() => answer(account, dropped)).toThrow();
  });

  test("the save that uses an app seals its secret with the key that makes, and leaves the others", () => {
    const [phone, tablet] = answer(account, used).account.authenticators;
    expect(phone?.sealedBy).toBe(newKeys[0].id);
    expect(tablet).toEqual(account.authenticators[1]);
    if (!phone) throw new Error("It is gone.");
    expect(openTotpSecret(dropped, phone, account.id, phone.id).plain).toEqual(totpSecret("phone"));
    expect(() => openTotpSecret(totpKeys, phone, account.id, phone.id)).toThrow();
  });

  test("nothing is sealed anew while the old key makes, and a wrong code seals nothing", () => {
    expect(answer(account, added).account.authenticators[0]?.secret).toBe(
      account.authenticators[0]?.secret,
    );
    const wrong = { ...anAnswer(), code: "000000", totpKeys: used };
    expect(answerTotp(account, wrong, context(noon)).account.authenticators).toEqual(
      account.authenticators,
    );
  });

  test("a decision that runs again makes the same ciphertext; two secrets never share a nonce", () => {
    const twice = [1, 2].map(() => reencryptAccount(account, used).account.authenticators);
    expect(twice[0]).toEqual(twice[1]);
    const nonces = twice[0]?.map(({ secret }) => secret.split(".")[1]);
    expect(new Set(nonces).size).toBe(2);
  });

  test("all of them are sealed anew at once, one that is being confirmed too, and then no more", () => {
    const { id, name, secret } = anAuthenticator("begun");
    const begun = { ...account, totpEnrolment: { id, name, secret, expiresAt: noon + hour } };
    const reencrypted = reencryptAccount(begun, used);
    expect(reencrypted.outcome).toEqual({ kind: "reencrypted" });
    const { authenticators, totpEnrolment } = reencrypted.account;
    for (const one of [...authenticators, totpEnrolment]) {
      if (!one) throw new Error("It is gone.");
      expect(openTotpSecret(dropped, one, account.id, one.id).key).toBe(newKeys[0]);
    }
    for (const keys of [used, dropped]) {
      const again = reencryptAccount(reencrypted.account, keys);
      expect(again.outcome).toEqual({ kind: "in_place" });
      expect(again.account).toBe(reencrypted.account);
    }
  });

  test("an account with a secret that no key opens is left as it is", () => {
    const other = keyRing("the keys of a quite different service, 43 characters or more", "totp");
    expect(reencryptAccount(account, other)).toEqual({ account, outcome: { kind: "unreadable" } });
  });

  test("sealed anew for its own place: it opens in no other", () => {
    const [phone] = reencryptAccount(account, used).account.authenticators;
    if (!phone) throw new Error("It is gone.");
    const moved = [
      [accountId("bob"), phone.id],
      [account.id, authenticatorId("tablet")],
    ] as const;
    for (const place of moved) expect(() => openTotpSecret(used, phone, ...place)).toThrow();
  });

  test("the release before, which knows no names, opens what is sealed now", () => {
    const [phone] = reencryptAccount(account, used).account.authenticators;
    const [form, nonce = "", body = "", ...rest] = phone?.secret.split(".") ?? [];
    expect([form, rest]).toEqual(["v1", []]);
    const bytes = Buffer.from(body, "base64url");
    const decipher = createDecipheriv(
      "aes-256-gcm",
      newKeys[0].bytes,
      Buffer.from(nonce, "base64url"),
    );
    decipher.setAAD(Buffer.from(`${account.id}|phone`));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    expect(plain).toEqual(totpSecret("phone"));
  });
});

describe("recovery codes", () => {
  const [code, other] = ["00000-00000", "11111-11111"];
  const newKeys = keyRing("the new secret text for recovery codes, 43 or more", "recovery-codes");
  const [added, used, dropped] = rotated(recoveryKeys, newKeys);
  const account = anAccount({
    authenticators: [anAuthenticator()],
    recoveryCodes: recoveryCodesOf(code, other),
    challenges: [aChallenge()],
  });
  const answer = (one: Account, keys: KeyRing) => {
    const codeHashes = recoveryCodeHashes(keys, one.id, code);
    return answerRecoveryCode(one, { ...anAnswer(), codeHashes }, context(noon));
  };

  test("a code is good while its key is there, once, whichever key comes first", () => {
    for (const keys of [added, used]) {
      const right = answer(account, keys);
      expect(right.outcome.kind).toBe("completed");
      const again = { ...right.account, challenges: [aChallenge({ epoch: 2 })] };
      for (const later of [added, used]) {
        expect(answer(again, later).outcome.kind).toBe("code_already_used");
      }
      expect(right.account.recoveryCodes?.left).toEqual([account.recoveryCodes?.left[1]]);
    }
    expect(answer(account, dropped).outcome.kind).toBe("wrong_code");
  });

  test("a set of before a time is removed and noted, one of after is not, and nothing twice", () => {
    expect(voidRecoveryCodes(account, noon - hour, context(noon)).account).toBe(account);
    const voided = voidRecoveryCodes(account, noon, context(noon)).account;
    expect(voided).toMatchObject({
      recoveryCodes: null,
      activity: { changes: [{ event: "recovery_codes_voided" }] },
    });
    expect(voidRecoveryCodes(voided, noon, context(noon)).account).toBe(voided);
  });
});

describe("codes by phone", () => {
  const id = challengeId("challenge");
  const newKeys = keyRing("the new secret text for codes by phone, 43 or more", "codes");
  const [[old], [made]] = [codeKeys, newKeys];
  const [added, used, dropped] = rotated(codeKeys, newKeys);
  const kindOf = (sent: SendCode, code: string, keys: KeyRing) => {
    const channel = code.length === 4 ? ("call" as const) : ("sms" as const);
    const fallback = aFallback({ sends: [aSend({ channel, code: sent })] });
    const account = aPhoneAccount({ challenges: [aChallenge({ fallback })] });
    const given = { ...anAnswer(), code, codeKeys: keys };
    return answerPhoneCode(account, given, context(noon)).outcome.kind;
  };

  test.each([
    ["call", callCode(old, id, 1), callCode(made, id, 1)],
    ["SMS", smsCode(old, id), smsCode(made, id)],
  ])("one of a %s is good under the key that it is on record with, and no other", (_, one, two) => {
    const byOld: SendCode = { kind: "derived", by: old.id };
    for (const keys of [added, used]) {
      expect(kindOf(byOld, one, keys)).toBe("completed");
      // A second good code would double what a guess is worth.
      expect(kindOf(byOld, two, keys)).toBe("wrong_code");
      expect(kindOf({ kind: "derived", by: made.id }, one, keys)).toBe("wrong_code");
    }
    expect(kindOf(byOld, one, dropped)).toBe("wrong_code");
    expect(kindOf(byOld, two, dropped)).toBe("wrong_code");
  });

  test("one that nobody told the key of is good under any that may have made it", () => {
    for (const code of [callCode(old, id, 1), callCode(made, id, 1)]) {
      expect(kindOf({ kind: "derived" }, code, used)).toBe("completed");
    }
    expect(kindOf({ kind: "derived" }, callCode(old, id, 1), dropped)).toBe("wrong_code");
  });

  test("one that a carrier told is good while the key that it is kept under is there", () => {
    const told: SendCode = { kind: "told", hash: toldCodeHash(old, id, 1, "4711") };
    for (const keys of [codeKeys, added, used])
      expect(kindOf(told, "4711", keys)).toBe("completed");
    expect(kindOf(told, "4711", dropped)).toBe("wrong_code");
    expect(kindOf(told, "4712", used)).toBe("wrong_code");
  });
});
