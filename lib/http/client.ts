import Bowser from "bowser";
import type { Client } from "../account/client.ts";

/** Where a request came from: its address, see `CallerAddress`, and the browser in words. */
export const clientOf = (ip: string, userAgent: string | undefined): Client => ({
  ip,
  device: deviceName(userAgent),
});

/** Programs and systems that are told by name. */
const browsers = new Set(Object.values(Bowser.BROWSER_MAP));
const systems = new Set(Object.values(Bowser.OS_MAP));

/**
 * "Firefox on Windows". The header is the sender's own text, and a stranger with the password may write it for the
 * owner to read in Telegram: only names that are known are repeated, never what it says of itself.
 */
export const deviceName = (userAgent: string | undefined): string => {
  if (!userAgent) return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  const program = browser.name !== undefined && browsers.has(browser.name) ? browser.name : "";
  const system = os.name !== undefined && systems.has(os.name) ? os.name : "";
  if (program && system) return `${program} on ${system}`;
  if (system) return `Unknown browser on ${system}`;
  return program || "Unknown device";
};
