import type { Memory } from "../parts/memory.ts";
import type { Operation } from "./operations.ts";
import type { Given, Untyped } from "./send.ts";

type Sends = (name: string, given: Given) => Promise<Untyped>;

/** Good once, and answered again to the same `Idempotency-Key`. Completions have a key of their challenge instead. */
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
 * Gives each step of the person one `Idempotency-Key` until it is done, so that whoever sends the very same step again
 * gets on where its answer was lost. Another code, or another factor, is another step.
 *
 * A re-authentication is one step with whatever password: the service tries each, and the browser of a lost answer holds
 * a cookie that is good with this key alone. So a slip of the hand does not sign the person out, and no password is
 * kept.
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
 * One key for one thing at a time, kept in `item` over a reload in the middle of the request: the page can then ask again
 * for what it was given and never got. It opens nothing by itself.
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

/** The key with which a challenge is completed, by whichever request: the first that is right has the session. */
export const completionKeys = (memory: Memory, newKey: () => string) =>
  keptKeys(memory, "twostep-completion", newKey);

/**
 * The key with which a host's link is taken, whether or not the person was asked before. The link's secret is not kept:
 * its other parts name the challenge.
 */
export const handoffKeys = (memory: Memory, newKey: () => string) => {
  const keyOf = keptKeys(memory, "twostep-handoff", newKey);
  return (token: string): string => keyOf(token.slice(0, token.lastIndexOf(".")));
};
