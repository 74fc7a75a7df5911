import type { Challenge } from "../client.ts";

const told = ["cancelled", "denied", "expired", "locked"];

/**
 * The host's page that a second step which ended so leads back to, with `twostep` in its query; undefined where the host
 * named none, or where the ending is none that it is told of. The service checked the page's origin when the host named it.
 */
export function wayBack({ returnTo }: Challenge, status: string): string | undefined {
  if (returnTo === undefined || !told.includes(status) || !/^https?:/i.test(returnTo)) {
    return undefined;
  }
  const url = new URL(returnTo);
  url.searchParams.set("twostep", status);
  return url.href;
}
