import { expect } from "vitest";
import { totpCode } from "../../support/service-totp.ts";
import type { TestBrowser } from "./browser.ts";
import { aRecord } from "./grants.ts";
import type { Done } from "./grants.ts";
import { aPerson } from "./people.ts";
import type { TestPerson } from "./people.ts";
import { aPhone } from "./phones.ts";
import { aWholeService } from "./whole-service.ts";
import type { WholeService } from "./whole-service.ts";

export const NUMBER = "+380501234542";

export type Town = WholeService & {
  /** Ann's Telegram. */
  person: TestPerson;
  /** Ann's number, once it is confirmed. */
  phoneId: string;
  /** What was done by whom to AWS's services so far. */
  done: () => readonly Done[];
  /** What a request that succeeds is answered. */
  ok: <Body>(browser: TestBrowser, method: string, path: string, body?: unknown) => Promise<Body>;
  /** The code of the SMS that comes of this. */
  texted: (act: () => Promise<unknown>) => Promise<string>;
  /** Waits until Ann's newest call or SMS is out and the fallback waits. */
  placed: () => Promise<void>;
  /** Waits until the newest run of the synthetic sign-in ended like this. */
  synthetic: (outcome: "prepared" | "signed in") => Promise<void>;
  /** Milliseconds, by the stack's clock. */
  now: () => Promise<number>;
  addAuthenticator: (browser: TestBrowser) => Promise<string>;
  linkTelegram: (browser: TestBrowser) => Promise<void>;
  /** The token of a challenge of Ann's that her host opened. */
  handedOver: () => Promise<string>;
  /** A challenge of Ann's in this browser, opened by her host and asked in Telegram. */
  challenged: (browser?: TestBrowser) => Promise<TestBrowser>;
  /** The same, while the fallback waits after an SMS, or after a call. */
  climb: (browser?: TestBrowser, order?: "placed") => Promise<TestBrowser>;
};

/** The service, and Ann with her browser, phone and Telegram. */
export async function aTown(): Promise<Town> {
  const record = aRecord();
  const service = await aWholeService(record.witness);
  const { url, host, telnyx } = service;
  const person = await aPerson(url);
  /** Requests that came, as far as they can be told from notices: these have no buttons and are never edited. */
  const requests = async () =>
    (await person.messages()).filter(({ buttons, edited }) => edited || buttons.length > 0).length;
  const phone = aPhone(url, NUMBER);
  const ok: Town["ok"] = async (browser, method, path, body) => {
    const answer = await browser.send(method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body as never;
  };

  const synthetic = { prepared: 0, "signed in": 0 };
  const town: Town = {
    ...service,
    person,
    phoneId: "",
    done: record.done,
    ok,
    async texted(act) {
      const before = (await phone.sms()).length;
      await act();
      return phone.texted(before + 1);
    },
    async placed() {
      await service.fallback(
        "ann",
        ({ token, sends }) => token !== undefined && sends.at(-1)?.state === "placed",
      );
    },
    async synthetic(outcome) {
      synthetic[outcome] += 1;
      const said = outcome === "prepared" ? "synthetic_sign_in_prepared" : "SyntheticSignInTime";
      const runs = async () => {
        const { lines } = (await (await fetch(`${url}/devices/api/log`)).json()) as {
          lines: unknown[];
        };
        return lines.filter((line) => JSON.stringify(line).includes(said)).length;
      };
      await expect.poll(runs, { timeout: 20_000 }).toBeGreaterThanOrEqual(synthetic[outcome]);
    },
    async now() {
      const clock = await fetch(`${url}/devices/api/clock`);
      return Date.parse(((await clock.json()) as { now: string }).now);
    },
    async addAuthenticator(browser) {
      const { id, secret } = await ok<{ id: string; secret: string }>(browser, "POST", "/v1/totp");
      const code = totpCode(secret, await town.now());
      await ok(browser, "POST", `/v1/totp/${id}/confirm`, { code });
      return secret;
    },
    async linkTelegram(browser) {
      const link = await ok<{ id: string; url: string }>(browser, "POST", "/v1/telegram");
      const seen = (await person.messages()).length;
      await person.send(`/start ${new URL(link.url).searchParams.get("start") ?? ""}`);
      await person.seen(seen + 1);
      await ok(browser, "POST", `/v1/telegram/links/${link.id}/confirm`);
    },
    async handedOver() {
      const about = { ip: "203.0.113.7", device: "Firefox" };
      const path = "/v1/accounts/ann/challenges";
      const { challengeUrl } = await host<{ challengeUrl: string }>("POST", path, about);
      return new URL(challengeUrl).hash.replace("#challenge=", "");
    },
    async challenged(browser = service.browser()) {
      const asked = await requests();
      await ok(browser, "POST", "/v1/challenge/open", { token: await town.handedOver() });
      await person.seen(asked + 1);
      return browser;
    },
    async climb(given, order) {
      if (order) telnyx.next(() => order);
      const browser = await town.challenged(given);
      const ask = () => ok(browser, "POST", "/v1/challenge/call", { numberId: town.phoneId });
      await (order ? ask() : town.texted(ask));
      await town.placed();
      return browser;
    },
  };
  return town;
}
