import type { Client, Outcome } from "../client.ts";
import { watch, type Watch } from "../client/watch-challenge.ts";

/** Watches a link to the bot until it is expired or linked. It asks at once when the page comes back from Telegram. */
export const watchLink = (
  client: Pick<Client, "readTelegramLink">,
  id: string,
  onOutcome: (outcome: Outcome<"readTelegramLink">) => void,
): Watch => watch((signal) => client.readTelegramLink({ id, signal }), isLast, onOutcome);

const isLast = (outcome: Outcome<"readTelegramLink">): boolean =>
  outcome.kind === "not_found" ||
  outcome.kind === "unauthenticated" ||
  (outcome.kind === "done" && ["expired", "linked"].includes(outcome.value.status));
