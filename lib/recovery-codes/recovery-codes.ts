import type { Account, Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { AccountId, SessionId } from "../account/ids.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { keyedHashes, type KeyRing, type PerKey } from "../crypto/key-ring.ts";

/** Crockford's base32: without I, L, O and U, so that nobody reads one character as another. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten characters of five bits: 50 bits, beside five guesses a day [NIST SP 800-63B-4 §3.1.2.2]. */
const length = 10;

const codeForm = new RegExp(`^[${alphabet}]{${length}}$`);

/** The number of random bytes for one code. */
export const recoveryCodeBytes = length;

/** A code as it is shown and typed, "7hq3k-m0x4p". */
export const recoveryCode = (random: Buffer): string => {
  const characters = [...random.subarray(0, length)].map((byte) => alphabet.charAt(byte % 32));
  return `${characters.slice(0, 5).join("")}-${characters.slice(5).join("")}`;
};

/** Reads a typed code. Case, blanks and hyphens do not matter. Undefined if the text cannot be a code. */
export const readRecoveryCode = (typed: string): string | undefined => {
  const plain = typed.replace(/[ -]/g, "").toLowerCase().replace(/[il]/g, "1").replace(/o/g, "0");
  return codeForm.test(plain) ? plain : undefined;
};

/**
 * The hashes of a code, one under each key. The account stores the first hash of a new code. A typed code is compared
 * by all of its hashes, since a stored hash cannot be made again under a newer key. The hashes are keyed: without a
 * key, an attacker could search 50 bits in a leaked table. They are bound to the account, so that a hash which is
 * copied to another account opens nothing.
 */
export const recoveryCodeHashes = (
  keys: KeyRing,
  account: AccountId,
  code: string,
): PerKey<string> => keyedHashes(keys, account, code.replace("-", ""));

export type RecoveryMatch =
  | { readonly kind: "right"; readonly account: Account }
  | { readonly kind: "replayed" }
  | { readonly kind: "wrong" };

/**
 * Matches a code, by its hashes, with this account's codes, and uses up a right one. It compares every hash with every
 * stored code, each in constant time.
 */
export const matchRecoveryCode = (
  account: Account,
  codeHashes: readonly string[],
): RecoveryMatch => {
  const { recoveryCodes: codes } = account;
  if (!codes) return { kind: "wrong" };
  const isOfCode = (stored: string) =>
    codeHashes.filter((hash) => equalHashes(stored, hash)).length > 0;
  const [right, replayed] = [codes.left.filter(isOfCode), codes.used.filter(isOfCode)];
  if (right.length > 0) {
    const left = codes.left.filter((stored) => !right.includes(stored));
    const used = [...codes.used, ...right];
    return { kind: "right", account: { ...account, recoveryCodes: { ...codes, left, used } } };
  }
  return { kind: replayed.length > 0 ? "replayed" : "wrong" };
};

export type ReplaceCodesOutcome =
  { readonly kind: "replaced" } | { readonly kind: "second_step_required" };

/** Replaces all old codes, which stop working, with new ones. Codes need another factor that can stand alone. */
export function replaceRecoveryCodes(
  account: Account,
  input: {
    readonly hashes: readonly string[];
    readonly sessionId: SessionId;
    readonly client: Client;
  },
  context: Context,
): Decision<ReplaceCodesOutcome> {
  if (!secondStepIsOn(account)) return { account, outcome: { kind: "second_step_required" } };
  const replaced = {
    ...account,
    recoveryCodes: { createdAt: context.now, left: input.hashes, used: [] },
  };
  return {
    account: changedSecurity(replaced, "recovery_codes_created", input, context),
    outcome: { kind: "replaced" },
  };
}
