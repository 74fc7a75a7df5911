import type { Challenge, Client, Completed } from "../client.ts";

/** Pauses in milliseconds. The answer to the other window, which carries the cookie, may still be on its way. */
const pauses = [0, 400, 1200, 2400];

/**
 * Looks for a session, which shows that another window of this browser finished the second step. If the challenge of a
 * reauthentication is gone, the session shows nothing, because it was there before.
 *
 * @returns what the other window completed; undefined if there is no session.
 */
export async function findSession(
  client: Pick<Client, "readSession">,
  purpose: Challenge["purpose"],
  over: "elsewhere" | "gone",
  rest: (ms: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Completed | undefined> {
  if (purpose === "reauthentication" && over === "gone") return undefined;
  for (const ms of pauses) {
    await rest(ms);
    const outcome = await client.readSession({ signal });
    if (outcome.kind === "done") {
      return { status: purpose === "sign_in" ? "signed_in" : "reauthenticated" };
    }
  }
  return undefined;
}
