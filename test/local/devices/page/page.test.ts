import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { startStack } from "../../../../local/stack.ts";
import { violations } from "../../../browser/support/axe.ts";
import { aPerson, withApp } from "../../../browser/support/people.ts";
import { takePhone } from "../../../browser/support/phone.ts";
import { openWindow } from "../../../browser/support/window.ts";
import { aWorld } from "../../../browser/support/world.ts";
import { aFolder } from "../../support/folder.ts";
import type { Sent } from "../../support/browser.ts";
import { advance } from "../../support/stack.ts";

// The page of devices, in a real browser, over a stack of the project's own template.

const world = aWorld();

/** Somebody with an account and a browser, and the page with a phone of theirs. */
async function aDesk() {
  const person = await aPerson(world);
  return { person, browser: person.elsewhere, ...(await takePhone(world)) };
}

/** The page as one sees it who has never been here, on a stack where nobody has. */
async function aFirstVisit(options: BrowserContextOptions) {
  const { url, stop } = await startStack({
    port: 0,
    dataDir: await aFolder(),
    quiet: true,
    demo: false,
  });
  onTestFinished(stop);
  const { page } = await openWindow({ ...world, url }, { path: "/devices", ...options });
  await page.getByRole("article").first().waitFor();
  return page;
}

const appOf = (phone: Locator, name: string) => phone.getByRole("navigation").getByText(name);

const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("ControlOrMeta+v");
};

test("pasting the deep link opens the bot, and a tap there lets the browser in", async () => {
  const { person, browser, page, phone } = await aDesk();
  const link = await browser.send<{ id: string; url: string }>("POST", "/v1/telegram");
  await phone.getByLabel("Message to the bot").focus();
  await paste(page, link.body.url);
  await phone.getByText("Almost done").waitFor();
  expect(await browser.send("POST", `/v1/telegram/links/${link.body.id}/confirm`)).toMatchObject({
    body: { telegram: { enabled: true, accounts: [{ name: "Ann" }] } },
  });

  await browser.send("POST", "/v1/sign-out");
  const { email, password } = person;
  const { body } = await browser.send<{
    challenge: { methods: { telegram: { number: string } } };
  }>("POST", "/v1/sign-in", { email, password });
  await phone
    .getByRole("button", { name: body.challenge.methods.telegram.number, exact: true })
    .click();
  await phone.getByText("Confirmed. Go back to the page.").waitFor();
  await phone.getByText("edited").waitFor();
  expect(await browser.send("POST", "/v1/challenge/complete")).toMatchObject({
    status: 200,
    body: { status: "signed_in" },
  });
  expect(await violations(page)).toEqual([]);
});

test("a call rings within half a second, and can be read in the list of recent calls", async () => {
  const { person, browser, page, phone, number } = await aDesk();
  await withApp(person);
  expect(await numberOf(phone)).toBe(number);
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
  const { person, browser, page, phone, number } = await aDesk();
  await withApp(person);
  const calls = page.getByRole("group", { name: "Calls" });
  await calls.getByLabel("none arrives").check();
  await page.getByText("Calls: none arrives").waitFor();
  await browser.send("POST", "/v1/phones", { number });
  const sms = phone.getByRole("button", { name: /is your Twostep code/ });
  for (let minute = 0; minute < 4 && (await sms.count()) === 0; minute += 1) {
    await page.getByRole("button", { name: "+1 min" }).click();
    await sms.waitFor({ timeout: 1000 }).catch(() => undefined);
  }
  await sms.click();
  await phone.getByRole("button", { name: /^Copy \d{6}$/ }).waitFor();
  await appOf(phone, "Calls").click();
  await phone.getByText("Nobody has called").waitFor();
  await calls.getByLabel("get through").check();
  await page.getByText("Calls: none arrives").waitFor({ state: "hidden" });
});

test("the QR code, dropped on a phone, becomes an account whose codes follow the phone's clock", async () => {
  const { person, browser, page, phone } = await aDesk();
  const { body } = await browser.send<{ id: string; qr: string }>("POST", "/v1/totp", {});
  await phone.evaluate((element, svg) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/uri-list", `data:image/svg+xml,${encodeURIComponent(svg)}`);
    element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, body.qr);
  await phone.getByText(person.email).waitFor();
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
  const viewport = { width: 320, height: 700 };
  const page = await aFirstVisit({ viewport, colorScheme: "dark" });
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
  const { person, browser, page } = await aDesk();
  // What the tests before left waiting is over: no function asks for anything any more.
  await advance(world.url, 3600);
  const faults = `${world.url}/devices/api/faults/services`;
  const fault = { service: "dynamodb", action: "GetItem", mode: "error", times: 1000 };
  await fetch(faults, { method: "POST", body: JSON.stringify(fault) });
  await page.getByText("dynamodb GetItem: error, 1000 to come").waitFor();
  const { email, password } = person;
  await browser.send("POST", "/v1/sign-in", { email, password });
  await page.getByText(/dynamodb GetItem: error, 9\d\d to come/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Call them off" }).click();
  await page.getByText("all is well").waitFor();
  expect(await (await fetch(faults)).json()).toEqual({ faults: [] });
});

test("two open pages do not take away each other's phones and keys", async () => {
  const { page, phone } = await aDesk();
  const other = await page.context().newPage();
  await other.goto(`${world.url}/devices`);
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
