import { isIPv4 } from "node:net";

type Headers = Readonly<Partial<Record<string, unknown>>>;

/** Whether a web page may have sent this, even under a name that it made point here. */
export function isFromWebPage({ origin, host }: Headers): boolean {
  const [name = ""] = typeof host === "string" ? host.split(":") : [];
  return origin !== undefined || !isNoPagesName(name);
}

/** Whether no page can have made this point here: an address, or a name under `internal`, which public DNS does not have. */
export function isNoPagesName(host: string): boolean {
  return isIPv4(host) || /^[a-z0-9.-]+\.internal$/.test(host);
}
