import { expect, test } from "vitest";
import { answerTotp } from "../../../lib/contract/challenge.ts";
import type { Browser } from "../../support/service-browser.ts";
import { approve, newLinkedPerson } from "../../support/service-asked.ts";
import { startService } from "../../support/service.ts";

const service = await startService();
const { telegram, clock } = service;

const complete = (browser: Browser, key: string) =>
  browser.post("/v1/challenge/complete", undefined, { "idempotency-key": key });

test("a host's challenge is asked at once, taken by one browser, and its grant says Telegram", async () => {
  const { person, chats } = await newLinkedPerson(service);
  const [chat = 0] = chats;
  const { body } = await service.host.post(`/v1/accounts/${person.id}/challenges`, {
    ip: "203.0.113.7",
    device: "Safari on iPhone",
    returnTo: "https://panel.example.com/home",
  });
  const { challengeUrl, challengeId } = body as { challengeUrl: string; challengeId: string };
  await telegram.runJobs();
  const [message] = telegram.messages.filter(({ chatId }) => chatId === chat);
  expect(message?.html).toContain("Device: Safari on iPhone\nAddress: 203.0.113.7\n");

  const token = new URLSearchParams(new URL(challengeUrl).hash.slice(1)).get("challenge");
  const browser = service.browser();
  expect((await browser.post("/v1/challenge/open", { token })).status).toBe(200);
  await approve(service, browser, chat);
  const lost = answerTotp.answers[200].parse((await complete(browser, "one")).body);
  const got = answerTotp.answers[200].parse((await complete(browser, "one")).body);
  expect(got.returnTo).toBe(`https://panel.example.com/home?grant=${got.grant ?? ""}`);
  const redeem = (grant = "") => service.host.post("/v1/grants/redeem", { grant });
  expect(got.grant).toBe(lost.grant);
  expect((await redeem(got.grant)).body).toEqual({
    accountId: person.id,
    method: "telegram",
    authenticatedAt: new Date(clock.now()).toISOString(),
    challengeId,
  });
  expect((await redeem(got.grant)).code).toBe("not_found");
});
