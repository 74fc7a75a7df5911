import { expect, test } from "vitest";
import { openAccountChallenge } from "../../lib/contract/accounts.ts";
import { answerTotp } from "../../lib/contract/challenge.ts";
import { addedApp, newPerson, signedIn, signedInTwice } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { host } = service;

test.each(["auth0|123", "user:1", "ann+tag@example.com", ".hidden.", "~", "x".repeat(128)])(
  "an account with its host's own id %s goes all the way through",
  async (id) => {
    const inPath = encodeURIComponent(id);
    const person = await newPerson(service, { id: inPath });
    const browser = await signedIn(service, person);
    const app = await addedApp(service, browser);
    await signedInTwice(service, person, app, browser);
    expect((await browser.get("/v1/session")).body).toMatchObject({ account: { id } });

    const returnTo = "https://panel.example.com/home";
    const asked = await host.post(`/v1/accounts/${inPath}/challenges`, {
      ip: "203.0.113.7",
      device: "Firefox",
      returnTo,
    });
    const { challengeUrl } = openAccountChallenge.answers[201].parse(asked.body);
    const token = new URLSearchParams(new URL(challengeUrl).hash.slice(1)).get("challenge");
    const handed = service.browser();
    expect((await handed.post("/v1/challenge/open", { token })).status).toBe(200);
    const completed = await handed.post("/v1/challenge/totp", { code: app.nextCode() });
    const back = new URL(answerTotp.answers[200].parse(completed.body).returnTo ?? "");
    const redeemed = await host.post("/v1/grants/redeem", {
      grant: back.searchParams.get("grant"),
    });
    expect(redeemed.body).toMatchObject({ accountId: id, method: "totp" });
  },
);
