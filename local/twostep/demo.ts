import * as z from "zod/mini";
import type { DataDirectory } from "../aws/data/data-directory.ts";
import { DEMO_ACCOUNT } from "./data.ts";
import { putAccount } from "./put-account.ts";

export type Demo = { email: string; password: string };

/** Everybody knows this account. It is good on one machine only. */
export const DEMO: Demo = { email: "demo@example.com", password: "correct-horse-battery" };

/** What the data folder keeps of the account. */
const Made = z.object({ id: z.string(), email: z.string() });

/**
 * Makes the demo account once for a data directory, so that later changes to it stay.
 * Returns why it could not be made, or undefined.
 */
export async function makeDemoAccount(
  url: string,
  data: DataDirectory,
): Promise<string | undefined> {
  if ((await data.read(DEMO_ACCOUNT, Made)) !== undefined) return undefined;
  const result = await putAccount(url, { id: "demo", ...DEMO });
  // 409: the account exists already, from a run that was killed before it could write the file.
  if (result.kind === "refused" && result.status !== 409)
    return `The demo account could not be made: ${result.status} ${result.body}`;
  await data.write(DEMO_ACCOUNT, { id: "demo", email: DEMO.email });
  return undefined;
}
