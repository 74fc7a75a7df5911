import type { Page } from "playwright-core";

/**
 * Lets the next such request (`POST /v1/sign-in`) reach the service, and its answer never reach the page: the connection breaks, or
 * nothing comes for as long as the page waits. Resolves with the status of the answer once there is one.
 */
export async function loseAnswer(
  page: Page,
  request: string,
  how: "broken" | "silent" = "broken",
): Promise<{ readonly status: Promise<number> }> {
  const [method = "", path = ""] = request.split(" ");
  const { promise, resolve } = Promise.withResolvers<number>();
  let isLost = false;
  await page.route(`**${path}`, async (route, asked) => {
    if (isLost || asked.method() !== method) return route.fallback();
    isLost = true;
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    // Not by the browser's own means: those would keep the cookies of the answer.
    const { status } = await fetch(asked.url(), {
      method,
      headers: { ...asked.headers(), cookie },
      body: asked.postData(),
    });
    if (how === "broken") await route.abort("connectionreset");
    resolve(status);
  });
  return { status: promise };
}
