import type { Client } from "../client.ts";

/** The service's time as this page knows it. */
export type ServerClock = {
  /** Milliseconds since 1970, as the service counts them. */
  readonly now: () => number;
};

/**
 * Reads the service's time and continues it with the page's monotonic clock. The computer's own clock may be wrong, and
 * somebody may set it while the page is open. The function assumes that the service read its time in the middle of the
 * request. Call it again when the page comes back, because a monotonic clock may stop while the computer sleeps.
 *
 * @returns undefined if the service did not answer.
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

/** Whole seconds until a time, rounded up; 0 if the time is past or the page does not know the service's time yet. */
export const secondsUntil = (at: string | number, now: number | undefined): number => {
  if (now === undefined) return 0;
  const until = typeof at === "number" ? at : Date.parse(at);
  return Math.max(0, Math.ceil((until - now) / 1000));
};
