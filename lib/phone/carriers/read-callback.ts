import type { Instant } from "../../account/ids.ts";
import type { CallNews, Webhook } from "./carrier-entry.ts";
import { carriers, type CarrierName, type CredentialsBy } from "./carriers.ts";

/**
 * | kind | |
 * | --- | --- |
 * | `not_genuine` | not from this carrier, or too old, or there is no contract with it: nothing in it counts |
 * | `no_news` | from the carrier, and about something else |
 * | `news` | what the carrier says of a call |
 */
export type CallbackOutcome =
  | { readonly kind: "not_genuine" }
  | { readonly kind: "no_news" }
  | { readonly kind: "news"; readonly news: CallNews };

/** Whether the carrier of that name reports calls to us. */
export const callsBack = (name: CarrierName): boolean => carriers[name].callback !== null;

/**
 * Reads what came to a carrier's callback, after it made sure that the carrier sent it.
 *
 * @param own that carrier's credentials; undefined: there is no contract with it.
 */
export const readCallback = <Name extends CarrierName>(
  name: Name,
  own: CredentialsBy[Name] | undefined,
  webhook: Webhook,
  now: Instant,
): CallbackOutcome => {
  const { callback } = carriers[name];
  if (!callback || !own || !callback.verify(own, webhook, now)) return { kind: "not_genuine" };
  const news = callback.read(webhook.rawBody.toString("utf8"));
  return news ? { kind: "news", news } : { kind: "no_news" };
};
