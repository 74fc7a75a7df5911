import type { Texts } from "./texts/en.ts";

/** "Firefox on Windows", as the service writes it, in the reader's language. */
export const deviceName = (device: string, { device: say }: Pick<Texts, "device">): string => {
  const [program = "", system] = device.split(" on ");
  const browser = program
    .replace("Unknown device", say.unknown)
    .replace("Unknown browser", say.unknownBrowser);
  return system === undefined ? browser : say.on(browser, system);
};
