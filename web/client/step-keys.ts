import type { Memory } from "../parts/memory.ts";
import type { Operation } from "./operations.ts";
import type { Given, Untyped } from "./send.ts";

type Sends = (name: string, given: Given) => Promise<Untyped>;

/**
 * Operations that work once, but give the same answer again to the same `Idempotency-Key`. A completion uses the key of
 * its challenge instead.
 */
const repeatable: readonly string[] = [
  "reauthenticate",
  "confirmTotp",
  "removeTotp",
  "confirmPhone",
  "removePhone",
  "confirmTelegramLink",
  "unlinkTelegram",
] satisfies readonly Operation[];

/**
 * Gives each step of the person one `Idempotency-Key` until the step is done. If an answer was lost, the person can
 * send the same step again and gets on. Another code or another factor is another step.
 *
 * A reauthentication is one step, whatever the password is. The service tries each password. If the answer was lost,
 * the browser holds a cookie that works only with this key. So a mistyped password does not sign the person out, and
 * the page keeps no password.
 */
export const withStepKeys = (
  send: Sends,
  newKey: () => string = () => crypto.randomUUID(),
): Sends => {
  const keys = new Map<string, string>();
  return async (name, given) => {
    if (!repeatable.includes(name)) return send(name, given);
    const step = JSON.stringify([name, given.id, name === "reauthenticate" || given.body]);
    const idempotencyKey = keys.get(step) ?? newKey();
    keys.set(step, idempotencyKey);
    const outcome = await send(name, { idempotencyKey, ...given });
    if (outcome.kind === "done") keys.delete(step);
    return outcome;
  };
};

/**
 * Makes one key for one id at a time and keeps it in `item`. If the page reloads during the request, it can send the
 * request again with the same key and get the answer that it missed. The key gives no access by itself.
 */
const keptKeys = (memory: Memory, item: string, newKey: () => string) => {
  let kept: { readonly id: string; readonly key: string } | undefined;
  return (id: string): string => {
    if (kept?.id === id) return kept.key;
    const [storedId, stored] = (memory.read(item) ?? "").split(" ");
    const key = storedId === id && stored ? stored : newKey();
    kept = { id, key };
    memory.write(item, `${id} ${key}`);
    return key;
  };
};

/**
 * The key that completes a challenge. Every request that can complete it sends this key; the first right one gets the
 * session.
 */
export const completionKeys = (memory: Memory, newKey: () => string) =>
  keptKeys(memory, "twostep-completion", newKey);

/**
 * The key with which the page takes a host's link, whether or not it asked the person before. The memory does not keep
 * the link's secret: the other parts of the token name the challenge.
 */
export const handoffKeys = (memory: Memory, newKey: () => string) => {
  const keyOf = keptKeys(memory, "twostep-handoff", newKey);
  return (token: string): string => keyOf(token.slice(0, token.lastIndexOf(".")));
};
