import type { Challenge } from "../client.ts";

const told = ["cancelled", "denied", "expired", "locked"];

/**
 * Finds the host's page to which the person goes back after the second step ended with `status`. The service checked
 * the page's origin when the host named it.
 *
 * @returns the page's URL with `twostep=<status>` in its query; undefined if the host named no page, or if the host
 * does not hear of this status.
 */
export function wayBack({ returnTo }: Challenge, status: string): string | undefined {
  if (returnTo === undefined || !told.includes(status) || !/^https?:/i.test(returnTo)) {
    return undefined;
  }
  const url = new URL(returnTo);
  url.searchParams.set("twostep", status);
  return url.href;
}
