import { expect, test } from "vitest";
import { aGuest, sessionLinkOf } from "./support/host.ts";
import { isIn, reads } from "./support/panel.ts";
import { openWindow } from "./support/window.ts";
import { aWorld } from "./support/world.ts";

const world = aWorld();

test("a host's user without a password of ours comes into the tab by a link, once", async () => {
  const guest = await aGuest(world, "browser-guest");
  const link = await sessionLinkOf(guest);
  const { page } = await openWindow(world, { path: link });
  await isIn(page);
  expect(await page.locator("#mail").innerText()).toBe("browser-guest@example.com");
  // Neither the address bar nor the history keeps the token.
  expect(page.url()).not.toContain("session=");
  await reads(page, /by the site/);

  const stranger = await openWindow(world, { path: link });
  await reads(stranger.page, "This link does not work any more");
});
