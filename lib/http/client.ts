import Bowser from "bowser";
import type { Client } from "../account/client.ts";

/** Describes where a request came from: its address, see `CallerAddress`, and the browser in words. */
export const clientOf = (ip: string, userAgent: string | undefined): Client => ({
  ip,
  device: deviceName(userAgent),
});

/** Programs and systems that we show by name. */
const browsers = new Set(Object.values(Bowser.BROWSER_MAP));
const systems = new Set(Object.values(Bowser.OS_MAP));

/**
 * Returns a name such as "Firefox on Windows".
 *
 * Attacks considered: the sender writes this header, and the owner reads the result in Telegram. A stranger who knows
 * the password could put a text for the owner there. So we show only names that we know, and never the header's own
 * text.
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
