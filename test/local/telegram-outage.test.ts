import { expect, onTestFinished, test, vi } from "vitest";
import { startStack } from "../../local/stack.ts";
import { DEMO } from "../../local/twostep/demo.ts";
import { aBrowser } from "./support/browser.ts";
import { aFolder } from "./support/folder.ts";
import { aPerson, post } from "./support/people.ts";
import { counts } from "./support/queue.ts";
import { advance } from "./support/stack.ts";

// The project's own template, sender and queue, while Telegram answers with 5xx. Only the clock is moved.

/** The demo account with Telegram on, and a browser that is signed out. */
async function aLinkedStack() {
  const { url, stop } = await startStack({ port: 0, dataDir: await aFolder(), quiet: true });
  onTestFinished(stop);
  const [browser, person] = [aBrowser(url), await aPerson(url)];
  await browser.send("POST", "/v1/sign-in", DEMO);
  const { body: link } = await browser.send<{ id: string; url: string }>("POST", "/v1/telegram");
  await person.send(`/start ${new URL(link.url).searchParams.get("start") ?? ""}`);
  await person.seen(1);
  await browser.send("POST", `/v1/telegram/links/${link.id}/confirm`);
  await browser.send("POST", "/v1/sign-out");
  const settled = (wanted: object) =>
    vi.waitFor(async () => expect(await counts(url)).toMatchObject(wanted), 10_000);
  await settled({ waiting: 0, inFlight: 0 });
  return {
    browser,
    settled,
    advance: (seconds: number) => advance(url, seconds),
    fail: (always: { status: number } | null) =>
      post(`${url}/devices/api/telegram/faults`, { faults: [], always }),
    prompts: async () =>
      (await person.messages()).filter(({ buttons, edited }) => edited || buttons.length > 0),
  };
}

test("a prompt and an edit that meet 5xx are tried again within seconds, and nothing ends among the dead letters", async () => {
  const { browser, settled, advance, fail, prompts } = await aLinkedStack();
  await fail({ status: 500 });
  await browser.send("POST", "/v1/sign-in", DEMO);
  await settled({ waiting: 0, inFlight: 1 });
  expect(await prompts()).toEqual([]);
  // The first try again meets the same, the second does not.
  await advance(2);
  await settled({ waiting: 0, inFlight: 1 });
  await fail(null);
  await advance(4);
  await settled({ waiting: 0, inFlight: 0, dead: 0 });
  expect(await prompts()).toMatchObject([{ edited: false }]);

  await fail({ status: 500 });
  await browser.send("DELETE", "/v1/challenge");
  await settled({ waiting: 0, inFlight: 1 });
  await fail(null);
  await advance(2);
  await settled({ waiting: 0, inFlight: 0, dead: 0 });
  expect(await prompts()).toMatchObject([{ edited: true, buttons: [] }]);
});
