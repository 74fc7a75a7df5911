import { expect, test } from "vitest";
import { answerTotp } from "../../lib/contract/challenge.ts";
import type { Browser, Reply } from "../support/service-browser.ts";
import { newSecuredPerson, type Person } from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { newToken } from "./valid-requests.ts";

const service = await startService();
const { host } = service;

const causes: [string, (person: Person, browser: Browser) => Promise<Reply>][] = [
  ["the account was reset", ({ id }) => host.post(`/v1/accounts/${id}/reset`, { reason: "Lost" })],
  [
    "the password was changed",
    ({ id, email }) => host.put(`/v1/accounts/${id}`, { email, password: "set by the host" }),
  ],
  ["the other sessions were ended", (_, browser) => browser.delete("/v1/sessions")],
];

test.each(causes)("a grant is dead once %s", async (_, cause) => {
  const { person, browser, app } = await newSecuredPerson(service);
  const visitor = service.browser();
  await visitor.post("/v1/challenge/open", { token: await newToken(service, person) });
  const { body } = await visitor.post("/v1/challenge/totp", { code: app.nextCode() });
  const { grant = "" } = answerTotp.answers[200].parse(body);
  expect((await cause(person, browser)).status).toBeLessThan(300);
  expect((await visitor.get("/v1/session")).code).toBe("unauthenticated");
  expect((await host.post("/v1/grants/redeem", { grant })).code).toBe("not_found");
});
