import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { startStack } from "../../local/stack.ts";
import { launchBrowser } from "../../test/web/support/browser.ts";

const pictures = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const size = { width: 860, height: 640 };

/** Sends a request to the service or to `/devices`, as the page's own scripts do. */
const ask = (
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> =>
  page.evaluate(
    async ([how, where, what]) => {
      const response = await fetch(where, {
        method: how,
        headers: { "content-type": "application/json" },
        ...(what === undefined ? {} : { body: what }),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

const signIn = async (page: Page, { email, password }: { email: string; password: string }) => {
  await page.getByRole("textbox", { name: /mail/i }).fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator("input[type=password]").press("Enter");
};

/** Links Ann's Telegram, as the tab does it. */
const linkTelegram = async (page: Page) => {
  const devices = "/devices/api/telegram/users";
  const { userId } = await ask(page, "POST", devices, {
    name: "Ann",
    username: "ann",
    language: "en",
  });
  const link = await ask(page, "POST", "/v1/telegram");
  const start = new URL(String(link["url"])).searchParams.get("start") ?? "";
  await ask(page, "POST", `${devices}/${String(userId)}/send`, { text: `/start ${start}` });
  const answered = async (): Promise<boolean> =>
    (await ask(page, "GET", `/v1/telegram/links/${String(link["id"])}`))["status"] === "answered";
  while (!(await answered())) await page.waitForTimeout(100);
  await ask(page, "POST", `/v1/telegram/links/${String(link["id"])}/confirm`);
};

/** Makes the documents' pictures in docs/screenshots/ from the pages that `npm start` serves. */
const dataDir = await mkdtemp(join(tmpdir(), "twostep-pictures-"));
const stack = await startStack({ port: 0, dataDir, quiet: true });
const browser = await launchBrowser();
try {
  const light = await browser.newContext({ viewport: size, colorScheme: "light" });
  const page = await light.newPage();
  const take = (one: Page, name: string) => one.screenshot({ path: join(pictures, `${name}.png`) });
  await page.goto(stack.url);
  await signIn(page, stack.demo);
  await page.getByText("2-step authentication is off").waitFor();
  await linkTelegram(page);
  await page.reload();
  await page.getByText("2-step authentication is on").waitFor();
  await take(page, "security");

  const devices = await light.newPage();
  await devices.setViewportSize({ width: 1100, height: 760 });
  await devices.goto(`${stack.url}/devices`);

  const dark = await browser.newContext({ viewport: size, colorScheme: "dark" });
  const other = await dark.newPage();
  await other.goto(stack.url);
  await signIn(other, stack.demo);
  await other.getByText("in Telegram").first().waitFor();
  await other.waitForTimeout(1500);
  await take(other, "sign-in");
  await devices.getByRole("button", { name: /not me/i }).waitFor();
  // The picture shows only the phone. Around it is a gradient, which makes a PNG large.
  await devices.screenshot({
    path: join(pictures, "devices.png"),
    clip: { x: 22, y: 180, width: 354, height: 580 },
  });
} finally {
  await browser.close();
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
