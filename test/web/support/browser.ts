import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/**
 * Debian's, the one without windows first: the same engine opens a page there for a fifth of the work, since the other draws
 * a whole window around each.
 */
const installed = ["/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium"];

/**
 * Starts the Chromium of this machine: that at `$CHROMIUM_PATH`, or Debian's. Whoever starts it closes it.
 * Nothing is downloaded; where there is none, the error says what to install.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? installed.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath))
    throw new Error(
      `There is no Chromium at ${executablePath ?? installed.join(" or ")}. Install it (Debian: apt-get install chromium-headless-shell), or name yours in CHROMIUM_PATH.`,
    );
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** It runs as root in containers, without a graphics card, and must not call home. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
