import type { Account, Context } from "../account/account.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import type { Client } from "../account/client.ts";
import type { Decision } from "../account/decision.ts";
import { changedSecurity } from "../account/changed-security.ts";
import type { AccountId, SessionId } from "../account/ids.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import { keyedHashes, type KeyRing, type PerKey } from "../crypto/key-ring.ts";

/** Crockford's base32: no I, L, O or U, so that no character is read as another. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten characters of five bits: 50 bits, beside five guesses a day [NIST SP 800-63B-4 §3.1.2.2]. */
const length = 10;

const codeForm = new RegExp(`^[${alphabet}]{${length}}$`);

/** Random bytes that one code is made of. */
export const recoveryCodeBytes = length;

/** A code as it is shown and typed, "7hq3k-m0x4p". */
export const recoveryCode = (random: Buffer): string => {
  const characters = [...random.subarray(0, length)].map((byte) => alphabet.charAt(byte % 32));
  return `${characters.slice(0, 5).join("")}-${characters.slice(5).join("")}`;
};

/** The code that a person meant: case, blanks and hyphens do not matter; undefined if it cannot be one. */
export const readRecoveryCode = (typed: string): string | undefined => {
  const plain = typed.replace(/[ -]/g, "").toLowerCase().replace(/[il]/g, "1").replace(/o/g, "0");
  return codeForm.test(plain) ? plain : undefined;
};

/**
 * The stored form of a code, under every key: a new one is kept as the first, one that comes is compared with all, since
 * nobody can hash anew what is only known as a hash. Keyed: 50 bits could be searched in a leaked table otherwise. Bound
 * to the account, so that a hash copied to another account opens nothing.
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
 * What a code, by its hashes, is to this account; a right one is used up. Compares every hash with every code, in
 * constant time each.
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

/** New codes instead of the old ones, of which none works any more. They only stand beside another factor. */
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
