import type { Client } from "../client.ts";

/** The service's time as this page knows it. */
export type ServerClock = {
  /** Milliseconds since 1970, as the service counts them. */
  readonly now: () => number;
};

/**
 * Asks for the service's time and keeps it going by the page's monotonic clock: that of the computer may be wrong, and
 * may be set while the page is open. The answer is taken to be from the middle of the request. Ask again when the page
 * comes back, since a monotonic clock may rest while the computer sleeps.
 *
 * @returns undefined where the service did not answer.
 */
export async function readServerClock(
  client: Pick<Client, "readTime">,
  signal?: AbortSignal,
  elapsed: () => number = () => performance.now(),
): Promise<ServerClock | undefined> {
  const sentAt = elapsed();
  const outcome = await client.readTime(signal ? { signal } : {});
  if (outcome.kind !== "done") return undefined;
  const offset = Date.parse(outcome.value.now) - (sentAt + elapsed()) / 2;
  return { now: () => elapsed() + offset };
}

/** Whole seconds until a time, none when it is past or where the service's time is not known yet. */
export const secondsUntil = (at: string | number, now: number | undefined): number => {
  if (now === undefined) return 0;
  const until = typeof at === "number" ? at : Date.parse(at);
  return Math.max(0, Math.ceil((until - now) / 1000));
};
