import type { Client } from "../../lib/account/client.ts";
import { deviceName } from "../../lib/http/client.ts";
import { problem, type Problem } from "../../lib/http/problem.ts";

/** The longest page to go back to, as an ASCII URL. */
const longestReturn = 2000;

type OfPerson = {
  readonly ip: string;
  readonly device?: string | undefined;
  readonly userAgent?: string | undefined;
};

/** The person's browser, as the host describes it: in its own words, or by the `User-Agent` that it got. */
export const clientOfPerson = ({
  ip,
  device,
  userAgent,
}: OfPerson): Client | Problem<"invalid_request"> =>
  (device === undefined) === (userAgent === undefined)
    ? wrong("/device", "give either device or userAgent")
    : { ip, device: device ?? deviceName(userAgent) };

/** The page to go back to as the account keeps it: null if the host named none, an ASCII URL of an allowed origin else. */
export const pageToReturnTo = (
  returnTo: string | undefined,
  allowedOrigins: readonly string[],
): { readonly returnTo: string | null } | Problem<"invalid_request"> => {
  if (returnTo === undefined) return { returnTo: null };
  const { origin, href } = new URL(returnTo);
  if (!allowedOrigins.includes(origin)) {
    return wrong("/returnTo", "must be a page of an allowed origin");
  }
  // As an ASCII URL, a page in another alphabet is several times as long.
  return href.length > longestReturn
    ? wrong("/returnTo", `must be at most ${longestReturn} characters`)
    : { returnTo: href };
};

export const wrong = (pointer: string, detail: string): Problem<"invalid_request"> =>
  problem("invalid_request", { errors: [{ pointer, detail }] });
