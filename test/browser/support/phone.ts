import type { Locator, Page } from "playwright-core";
import { openWindow } from "./window.ts";
import type { World } from "./world.ts";

/** The other hand: the page of devices, in a window beside the panel's, with one phone on it. */
export type PhoneInHand = {
  readonly page: Page;
  readonly phone: Locator;
  /** E.164 */
  readonly number: string;
  readonly open: (app: "Telegram" | "Calls" | "SMS" | "Codes") => Promise<void>;
  /** The last four digits of the number that calls now; then nobody does any more. */
  readonly calledFrom: () => Promise<string>;
  /** What the app shows, and what it will show next, which the service takes as well. */
  readonly codes: () => Promise<{ now: string; next: string }>;
};

let bought = 0;

/** Takes a new phone in the hand. Nobody else's is on the page, whoever else is on the stack. */
export async function takePhone(world: World): Promise<PhoneInHand> {
  bought += 1;
  const number = `+38067${String(bought).padStart(7, "0")}`;
  const kept = {
    id: `phone-${bought}`,
    owner: "Ann",
    language: "en",
    userId: null,
    number,
    clockOffsetSeconds: 0,
    accounts: [],
  };
  const { page } = await openWindow(world, {
    path: "/devices",
    permissions: ["clipboard-read", "clipboard-write"],
    storageState: {
      cookies: [],
      origins: [
        {
          origin: world.url,
          localStorage: [{ name: "twostep-devices", value: JSON.stringify([kept]) }],
        },
      ],
    },
  });
  const phone = page.getByRole("article", { name: "Ann’s phone" });
  await phone.waitFor();
  const digits = async (shown: Locator) => (await shown.innerText()).replace(/\D/g, "");
  return {
    page,
    phone,
    number,
    open: (app) => phone.getByRole("navigation").getByText(app, { exact: true }).click(),
    calledFrom: async () => {
      const call = phone.getByRole("alert");
      const code = await call.locator("b").innerText();
      await call.getByRole("button", { name: "Decline" }).click();
      return code;
    },
    codes: async () => ({
      now: await digits(phone.getByRole("button", { name: "Copy the code" })),
      next: await digits(phone.getByText(/^next \d/)),
    }),
  };
}

/** Pastes words on the page of devices, where they go to the phone. */
export async function paste({ page, phone }: PhoneInHand, words: string): Promise<void> {
  await phone.getByLabel("Message to the bot").focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), words);
  await page.keyboard.press("ControlOrMeta+v");
}
