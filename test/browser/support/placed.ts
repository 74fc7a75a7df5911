import type { Page, Response } from "playwright-core";
import type { Challenge } from "../../../web/client.ts";

/**
 * Asks for a call, and waits until it is out: the page is then told anew when the next one may be asked for. A clock that
 * moved in between would count from after it, and a code would be of a call that is not there yet.
 */
export async function placed(page: Page, ask: () => Promise<void>): Promise<void> {
  const nextAt = async (response: Response): Promise<string | undefined> => {
    const { methods } = (await response.json()) as Challenge;
    return methods.phone?.sent?.next?.availableAt;
  };
  const [asked] = await Promise.all([page.waitForResponse(/\/v1\/challenge\/call$/), ask()]);
  const promised = await nextAt(asked);
  await page.waitForResponse(
    async (response) =>
      response.url().endsWith("/v1/challenge") && (await nextAt(response)) !== promised,
  );
}
