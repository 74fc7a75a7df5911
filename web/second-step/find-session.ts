import type { Challenge, Client, Completed } from "../client.ts";

/** The other window's answer may still be on its way: its cookie comes with it. */
const pauses = [0, 400, 1200, 2400];

/**
 * Whether another window of this browser has finished the second step. A challenge that is merely gone says nothing of a
 * re-authentication: the session was there before.
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
