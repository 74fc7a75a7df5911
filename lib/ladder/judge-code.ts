import type { Context } from "../account/account.ts";
import { equalHashes } from "../crypto/constant-time.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { keyedHash, type SecretKey } from "../crypto/secret-key.ts";
import { callCode, smsCode, toldCodeHash } from "./codes.ts";
import type { Ladder, Send, SendCode, Via } from "./ladder.ts";
import type { SubjectId } from "./subject.ts";

export type CodeVerdict =
  | { readonly kind: "right" }
  | { readonly kind: "wrong" }
  | AskCarrier
  /** Nothing was sent that this could be the code of. */
  | { readonly kind: "unavailable" };

/** Only the carrier can tell whether the code is that of one of these calls, the newest first. */
export type AskCarrier = { readonly kind: "ask_carrier"; readonly calls: readonly CheckedCall[] };

export type CheckedCall = { readonly carrier: string; readonly reference: string };

/** Four digits are the code of a call, six that of an SMS. */
export const viaOfCode = (code: string): Via => (code.length === 4 ? "call" : "sms");

/**
 * What a code is to a ladder. The last two calls are both good: the first may arrive after the second was asked for.
 * Calls whose fate is unknown count as well, since they may have rung. Every code is compared with under every key that
 * may have made it, in constant time each.
 */
export const judgeCode = (
  ladder: Ladder | null,
  subject: SubjectId,
  code: string,
  keys: KeyRing,
  context: Context,
): CodeVerdict => {
  const via = viaOfCode(code);
  const good = goodSends(ladder, via, context);
  if (good.length === 0) return { kind: "unavailable" };
  const same = (one: string, other: string) =>
    equalHashes(keyedHash(keys[0], "compare", one), keyedHash(keys[0], "compare", other));
  const isRight = (send: Send, key: SecretKey): boolean => {
    switch (send.code.kind) {
      case "derived":
        return same(code, via === "sms" ? smsCode(key, subject) : callCode(key, subject, send.n));
      case "told":
        return equalHashes(send.code.hash, toldCodeHash(key, subject, send.n, code));
      case "checked":
        return false;
    }
  };
  const right = good.flatMap((send) => keysOf(send.code, keys).map((key) => isRight(send, key)));
  if (right.includes(true)) return { kind: "right" };
  const calls = good.toReversed().flatMap(({ code: { kind }, carrier, reference }) => {
    return kind === "checked" && carrier && reference !== null ? [{ carrier, reference }] : [];
  });
  return calls.length > 0 ? { kind: "ask_carrier", calls } : { kind: "wrong" };
};

/** The keys that may have made a code: the one that is on record, or any. */
const keysOf = (code: SendCode, keys: KeyRing): readonly SecretKey[] =>
  code.kind === "derived" && code.by !== undefined ? keys.filter(({ id }) => id === code.by) : keys;

const goodSends = (ladder: Ladder | null, via: Via, { now, limits }: Context): readonly Send[] => {
  const { callCodeSeconds, smsCodeSeconds } = limits.ladder;
  const life = (via === "call" ? callCodeSeconds : smsCodeSeconds) * 1000;
  const sent = (ladder?.sends ?? []).filter(
    (send) => send.via === via && send.state !== "requested" && send.state !== "failed",
  );
  return sent.slice(-2).filter((send) => now < send.at + life);
};
