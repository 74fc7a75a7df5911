import { isIPv4 } from "node:net";

type Headers = Readonly<Partial<Record<string, unknown>>>;

/** Whether a web page may have sent this, even under a host name that the page's owner made point to this machine. */
export function isFromWebPage({ origin, host }: Headers): boolean {
  const [name = ""] = typeof host === "string" ? host.split(":") : [];
  return origin !== undefined || !isNoPagesName(name);
}

/** Whether no page can make this host point here: an address, or a name under `internal`, which public DNS lacks. */
export function isNoPagesName(host: string): boolean {
  return isIPv4(host) || /^[a-z0-9.-]+\.internal$/.test(host);
}
