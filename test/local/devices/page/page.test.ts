import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { DEMO } from "../../../../local/twostep/demo.ts";
import { startStack } from "../../../../local/stack.ts";
import type { Stack } from "../../../../local/stack.ts";
import { aFolder } from "../../support/folder.ts";
import { addAuthenticator, aBrowser, signIn } from "../../support/browser.ts";
import type { Sent } from "../../support/browser.ts";
import { launchBrowser } from "../../../web/support/browser.ts";

// The page of devices, in a real browser, over a stack of the project's own template.

let chromium: Browser;
beforeAll(async () => (chromium = await launchBrowser()));
afterAll(() => chromium.close());

async function aDesk(options: BrowserContextOptions = {}) {
  const stack = await startStack({ port: 0, dataDir: await aFolder(), quiet: true });
  onTestFinished(stack.stop);
  return { stack, ...(await openPage(stack, options)) };
}

/** The page in a browser of its own; whatever the browser complains of fails the test. */
async function openPage({ url }: Stack, options: BrowserContextOptions) {
  const context = await chromium.newContext(options);
  onTestFinished(() => context.close());
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  onTestFinished(() => expect(complaints).toEqual([]));
  await page.goto(`${url}/devices`);
  const phone = page.getByRole("article").first();
  await phone.waitFor();
  return { page, phone };
}

const appOf = (phone: Locator, name: string) => phone.getByRole("navigation").getByText(name);

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("ControlOrMeta+v");
};

test("pasting the deep link opens the bot, and a tap there lets the browser in", async () => {
  const { stack, page, phone } = await aDesk();
  const browser = aBrowser(stack.url);
  await signIn(browser);
  const link = await browser.send<{ id: string; url: string }>("POST", "/v1/telegram");
  await phone.getByLabel("Message to the bot").focus();
  await paste(page, link.body.url);
  await phone.getByText("Almost done").waitFor();
  expect(await browser.send("POST", `/v1/telegram/links/${link.body.id}/confirm`)).toMatchObject({
    body: { telegram: { enabled: true, accounts: [{ name: "Ann" }] } },
  });

  await browser.send("POST", "/v1/sign-out");
  const { challenge } = (await signIn(browser)) as {
    challenge: { methods: { telegram: { number: string } } };
  };
  await phone.getByRole("button", { name: challenge.methods.telegram.number, exact: true }).click();
  await phone.getByText("Confirmed. Go back to the page.").waitFor();
  await phone.getByText("edited").waitFor();
  expect(await browser.send("POST", "/v1/challenge/complete")).toMatchObject({
    status: 200,
    body: { status: "signed_in" },
  });
  expect(await violations(page)).toEqual([]);
});

test("a call rings within half a second, and can be read in the list of recent calls", async () => {
  const { stack, page, phone } = await aDesk();
  const browser = aBrowser(stack.url);
  await signIn(browser);
  await addAuthenticator(browser, Date.now());
  const number = await numberOf(phone);
  const { body } = await browser.send<{ id: string; sent: Sent }>("POST", "/v1/phones", { number });
  expect(body.sent).toMatchObject({ via: "call", digits: 4 });
  const incoming = phone.getByRole("alert");
  await incoming.waitFor();
  const code = await incoming.locator("b").innerText();
  expect(await violations(page)).toEqual([]);

  await incoming.getByRole("button", { name: "Decline" }).click();
  expect(await incoming.count()).toBe(0);
  await appOf(phone, "Calls").click();
  await phone.getByRole("button", { name: `Copy the last four digits, ${code}` }).click();
  await phone.getByText(`Copied ${code}`).waitFor();
  expect(await browser.send("POST", `/v1/phones/${body.id}/confirm`, { code })).toMatchObject({
    status: 200,
    body: { phones: { active: true, numbers: [{}] } },
  });
});

test("while calls are switched off none arrives, and the SMS comes in the end", async () => {
  const { stack, page, phone } = await aDesk();
  const browser = aBrowser(stack.url);
  await signIn(browser);
  await addAuthenticator(browser, Date.now());
  await page.getByRole("group", { name: "Calls" }).getByLabel("none arrives").check();
  await page.getByText("Calls: none arrives").waitFor();
  await browser.send("POST", "/v1/phones", { number: await numberOf(phone) });
  const sms = phone.getByRole("button", { name: /is your Twostep code/ });
  for (let minute = 0; minute < 4 && (await sms.count()) === 0; minute += 1) {
    await page.getByRole("button", { name: "+1 min" }).click();
    await sms.waitFor({ timeout: 1000 }).catch(() => undefined);
  }
  await sms.click();
  await phone.getByRole("button", { name: /^Copy \d{6}$/ }).waitFor();
  await appOf(phone, "Calls").click();
  await phone.getByText("Nobody has called").waitFor();
});

test("the QR code, dropped on a phone, becomes an account whose codes follow the phone's clock", async () => {
  const { stack, page, phone } = await aDesk();
  const browser = aBrowser(stack.url);
  await signIn(browser);
  const { body } = await browser.send<{ id: string; qr: string }>("POST", "/v1/totp", {});
  await phone.evaluate((element, svg) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/uri-list", `data:image/svg+xml,${encodeURIComponent(svg)}`);
    element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, body.qr);
  await phone.getByText(DEMO.email).waitFor();
  const shown = phone.getByRole("button", { name: "Copy the code" });
  const code = async () => (await shown.innerText()).replace(/\D/g, "");
  const confirm = async () =>
    browser.send<{ clock: { offsetSeconds: number } }>("POST", `/v1/totp/${body.id}/confirm`, {
      code: await code(),
    });

  const clock = phone.getByLabel("This phone’s clock is off by");
  await clock.fill("-150");
  await clock.blur();
  const refused = await confirm();
  expect(refused).toMatchObject({ status: 401, body: { code: "wrong_code" } });
  // A step may begin between reading the code and sending it.
  expect([-150, -180]).toContain(refused.body.clock.offsetSeconds);
  await clock.fill("0");
  await clock.blur();
  expect(await confirm()).toMatchObject({ status: 200 });
  expect(await violations(page)).toEqual([]);
});

test("phones are there after a reload, and work at 320 px in the dark", async () => {
  const { page } = await aDesk({ viewport: { width: 320, height: 700 }, colorScheme: "dark" });
  await page.getByRole("button", { name: "Add a phone" }).click();
  const second = page.getByRole("article", { name: "Olena’s phone" });
  await appOf(second, "Settings").click();
  await second.getByLabel("Owner").fill("Oksana");
  await second.getByLabel("Phone number").fill("050 12");
  await second.getByRole("button", { name: "Save" }).click();
  await second.getByText("A number looks like").waitFor();
  await second.getByLabel("Phone number").fill("+380 (50) 123-45-42");
  await second.getByRole("button", { name: "Save" }).click();
  const renamed = page.getByRole("article", { name: "Oksana’s phone" });
  await renamed.waitFor();
  await page.reload();
  expect(await numberOf(renamed)).toBe("+380501234542");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await violations(page)).toEqual([]);

  await appOf(renamed, "Settings").click();
  await renamed.getByRole("button", { name: "Put this phone away" }).click();
  await page.getByRole("button", { name: "Put Oksana’s phone back" }).click();
  await renamed.waitFor();
});

test("faults of the AWS services are seen as they come, and can be called off", async () => {
  const { stack, page } = await aDesk();
  const faults = `${stack.url}/devices/api/faults/services`;
  const fault = { service: "dynamodb", action: "GetItem", mode: "error", times: 1000 };
  await fetch(faults, { method: "POST", body: JSON.stringify(fault) });
  await page.getByText("dynamodb GetItem: error, 1000 to come").waitFor();
  await signIn(aBrowser(stack.url)).catch(() => undefined);
  await page.getByText(/dynamodb GetItem: error, 9\d\d to come/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Call them off" }).click();
  await page.getByText("all is well").waitFor();
  expect(await (await fetch(faults)).json()).toEqual({ faults: [] });
});

test("two open pages do not take away each other's phones and keys", async () => {
  const { stack, page, phone } = await aDesk();
  const other = await page.context().newPage();
  await other.goto(`${stack.url}/devices`);
  const type = async (on: Locator, key: string) => {
    await appOf(on, "Codes").click();
    await on.getByLabel("Key or otpauth link").fill(key);
    await on.getByRole("button", { name: "Add", exact: true }).click();
  };
  const link = (name: string) =>
    `otpauth://totp/Acme:${name}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme`;
  await type(phone, link("one@example.com"));
  const same = other.getByRole("article").first();
  await appOf(same, "Codes").click();
  await same.getByText("one@example.com").waitFor();
  await type(same, link("two@example.com"));
  await page.getByRole("button", { name: "Add a phone" }).click();
  await phone.getByText("two@example.com").waitFor();
  await other.getByRole("article").nth(1).waitFor();
  await page.reload();
  await appOf(phone, "Codes").click();
  for (const name of ["one@example.com", "two@example.com"]) await phone.getByText(name).waitFor();
  expect(await page.getByRole("article").count()).toBe(2);
});

async function numberOf(phone: Locator): Promise<string> {
  const text = await phone.getByRole("button", { name: "Copy the number" }).innerText();
  return text.replace(/[^\d+]/g, "");
}
