import type { Texts } from "./texts/en.ts";

/** Translates a device as the service writes it ("Firefox on Windows") into the reader's language. */
export const deviceName = (device: string, { device: say }: Pick<Texts, "device">): string => {
  const [program = "", system] = device.split(" on ");
  const browser = program
    .replace("Unknown device", say.unknown)
    .replace("Unknown browser", say.unknownBrowser);
  return system === undefined ? browser : say.on(browser, system);
};
