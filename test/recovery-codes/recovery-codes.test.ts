import fc from "fast-check";
import { expect, test } from "vitest";
import {
  matchRecoveryCode,
  readRecoveryCode,
  recoveryCode,
  recoveryCodeBytes,
  recoveryCodeHashes,
  replaceRecoveryCodes,
} from "../../lib/recovery-codes/recovery-codes.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { aClient, anAccount } from "../support/account.ts";
import { anAuthenticator } from "../support/authenticator.ts";
import { aChallenge } from "../support/challenge.ts";
import { accountId, sessionId } from "../support/ids.ts";
import { hashOf, recoveryCodesOf, recoveryKeys } from "../support/recovery-codes.ts";
import { context, noon } from "../support/time.ts";

const random = fc
  .uint8Array({ minLength: recoveryCodeBytes, maxLength: recoveryCodeBytes })
  .map((array) => Buffer.from(array));

test("a code has ten characters of 32, none of which is read as another", () => {
  fc.assert(
    fc.property(random, (bytes) => {
      expect(recoveryCode(bytes)).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
    }),
  );
});

test("every character is as likely as every other", () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const character = recoveryCode(Buffer.alloc(recoveryCodeBytes, byte)).charAt(0);
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect([counts.size, ...new Set(counts.values())]).toEqual([32, 8]);
});

test("other bytes make other codes, as far as 50 bits go", () => {
  fc.assert(
    fc.property(random, random, (one, other) => {
      const same = one.every((byte, n) => byte % 32 === (other[n] ?? 0) % 32);
      expect(recoveryCode(one) === recoveryCode(other)).toBe(same);
    }),
  );
});

test("a code is what a person meant, in whichever case, with or without blanks and hyphen", () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const shown = recoveryCode(bytes);
      const plain = shown.replace("-", "");
      const typed = [
        shown,
        plain,
        shown.toUpperCase(),
        ` ${shown} `,
        shown.replace("-", " "),
        shown.replace("-", " - "),
        Array.from(plain).join(" "),
      ];
      for (const text of typed) expect(readRecoveryCode(text)).toBe(plain);
      expect(hashOf(shown)).toBe(hashOf(plain));
    }),
  );
});

test("I and L are read as one, O as zero", () => {
  expect(readRecoveryCode("ILil0-Oo0l1")).toBe("1111000011");
});

test.each([
  "",
  "7hq3k-m0x4",
  "7hq3k-m0x4pp",
  "7hq3k_m0x4p",
  "7hq3k-m0x4u",
  "7hq3k-m0x4é",
  "٧hq3k-m0x4p",
  "7hq3k-m0x4p\n",
])("%j is no code", (typed) => {
  expect(readRecoveryCode(typed)).toBeUndefined();
});

test("a stored code is another for each account and each key", () => {
  const [ann, bob] = [accountId("ann"), accountId("bob")];
  const hashes = [
    recoveryCodeHashes(recoveryKeys, ann, "7hq3km0x4p")[0],
    recoveryCodeHashes(recoveryKeys, bob, "7hq3km0x4p")[0],
    recoveryCodeHashes(keyRing("x".repeat(43), "recovery-codes"), ann, "7hq3km0x4p")[0],
  ];
  expect(new Set(hashes).size).toBe(3);
});

const codes = ["00000-00000", "11111-11111", "22222-22222"];
const account = anAccount({ recoveryCodes: recoveryCodesOf(...codes) });

test("a code is right once, and leaves the others as they are", () => {
  const found = matchRecoveryCode(account, [hashOf("11111-11111")]);
  if (found.kind !== "right") throw new Error("It is not right.");
  expect(found.account.recoveryCodes).toEqual({
    ...recoveryCodesOf("00000-00000", "22222-22222"),
    used: [hashOf("11111-11111")],
  });
  expect(matchRecoveryCode(found.account, [hashOf("11111-11111")]).kind).toBe("replayed");
  expect(matchRecoveryCode(found.account, [hashOf("00000-00000")]).kind).toBe("right");
});

test("a code that is none of them is wrong, also another account's, also where there are none", () => {
  expect(matchRecoveryCode(account, [hashOf("33333-33333")])).toEqual({ kind: "wrong" });
  expect(matchRecoveryCode(account, [hashOf("00000-00000", accountId("bob"))]).kind).toBe("wrong");
  expect(matchRecoveryCode(anAccount(), [hashOf("00000-00000")]).kind).toBe("wrong");
});

const input = { hashes: [hashOf("99999-99999")], sessionId: sessionId("mine"), client: aClient() };

test("codes stand only beside another factor", () => {
  const plain = anAccount();
  expect(replaceRecoveryCodes(plain, input, context(noon))).toEqual({
    account: plain,
    outcome: { kind: "second_step_required" },
  });
});

test("with a new set the old one is dead, used codes and all, and other sessions end", () => {
  const before = anAccount({
    authenticators: [anAuthenticator()],
    recoveryCodes: { ...recoveryCodesOf(...codes), used: [hashOf("44444-44444")] },
    challenges: [aChallenge()],
  });
  const replaced = replaceRecoveryCodes(before, input, context(noon));
  expect(replaced.outcome).toEqual({ kind: "replaced" });
  expect(replaced.account).toMatchObject({
    recoveryCodes: { createdAt: noon, left: input.hashes, used: [] },
    epoch: 2,
    keptSessionId: "mine",
    challenges: [{ status: "cancelled" }],
    activity: { changes: [{ event: "recovery_codes_created" }] },
  });
  for (const code of [...codes, "44444-44444"]) {
    expect(matchRecoveryCode(replaced.account, [hashOf(code)]).kind).toBe("wrong");
  }
});
