import { codeField, givePassword, isIn } from "./panel.ts";
import type { Person } from "./people.ts";
import { openWindow, type Window } from "./window.ts";
import type { World } from "./world.ts";

/** The Security tab of somebody whose second step is off, or who confirms it by the code of an app. */
export async function openSecurityTab(
  world: World,
  person: Person,
  code?: string,
): Promise<Window> {
  const window = await openWindow(world);
  await givePassword(window.page, person);
  if (code !== undefined) await codeField(window.page).fill(code);
  await isIn(window.page);
  return window;
}
