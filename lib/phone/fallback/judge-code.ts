import type { AskCarrier } from "../../challenge/verdict.ts";
import type { Context } from "../../account/account.ts";
import { equalHashes } from "../../crypto/constant-time.ts";
import type { KeyRing } from "../../crypto/key-ring.ts";
import { keyedHash, type SecretKey } from "../../crypto/secret-key.ts";
import { channelRules } from "./channel-rules.ts";
import { callCode, smsCode, toldCodeHash } from "./codes.ts";
import type { Fallback, Send, SendCode, Channel } from "../../account/fallback.ts";
import type { FallbackOwnerId } from "./owner.ts";

export type CodeVerdict =
  | { readonly kind: "right" }
  | { readonly kind: "wrong" }
  | AskCarrier
  /** The code of the attempt is known to nobody: no code could be right, so none counts as wrong. */
  | { readonly kind: "code_unavailable" }
  /** No attempt was sent that this code could belong to. */
  | { readonly kind: "unavailable" };

/** Four digits are the code of a call, six that of an SMS. */
export const channelOfCode = (code: string): Channel => (code.length === 4 ? "call" : "sms");

/**
 * Compares a code with the attempts of a fallback. The last two calls are both valid: the first may arrive after the
 * second was requested. Calls whose fate is unknown count as well, since they may have rung. The code is compared under
 * every key that may have made it, each time in constant time.
 *
 * `code_unavailable` costs no guess, so it is the answer only where no code is compared at all. Where another call of
 * the two has a code, a wrong one counts as ever: else a carrier's time-out would give free guesses at that code.
 */
export const judgeCode = (
  fallback: Fallback | null,
  owner: FallbackOwnerId,
  code: string,
  keys: KeyRing,
  context: Context,
): CodeVerdict => {
  const channel = channelOfCode(code);
  const good = goodSends(fallback, channel, context);
  if (good.length === 0) return { kind: "unavailable" };
  if (good.every((send) => send.code.kind === "unknown")) return { kind: "code_unavailable" };
  const same = (one: string, other: string) =>
    equalHashes(keyedHash(keys[0], "compare", one), keyedHash(keys[0], "compare", other));
  const isRight = (send: Send, key: SecretKey): boolean => {
    switch (send.code.kind) {
      case "derived":
        return same(code, channel === "sms" ? smsCode(key, owner) : callCode(key, owner, send.n));
      case "told":
        return equalHashes(send.code.hash, toldCodeHash(key, owner, send.n, code));
      case "checked":
      case "unknown":
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

/** The keys that may have made a code: the one that is on record, or all. */
const keysOf = (code: SendCode, keys: KeyRing): readonly SecretKey[] =>
  code.kind === "derived" && code.by !== undefined ? keys.filter(({ id }) => id === code.by) : keys;

/** An attempt that is being placed may have gone out once its order was noted. */
const mayHaveGoneOut = ({ state, carrier }: Send): boolean =>
  state === "placed" || state === "unknown" || (state === "placing" && carrier !== null);

const goodSends = (
  fallback: Fallback | null,
  channel: Channel,
  { now, limits }: Context,
): readonly Send[] => {
  const life = channelRules(channel, { limits }).codeSeconds * 1000;
  const sent = (fallback?.sends ?? []).filter(
    (send) => send.channel === channel && mayHaveGoneOut(send),
  );
  return sent.slice(-2).filter((send) => now < send.at + life);
};
