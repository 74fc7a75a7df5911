import { expect, test } from "vitest";
import { listSessions, readSession } from "../../lib/contract/sessions.ts";
import {
  addedApp,
  challenged,
  newPerson,
  newRecoveryCodes,
  newSecuredPerson,
  signedIn,
  signIn,
} from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock } = service;

test("from a password alone to a password and a code, and out again", async () => {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  expect((await browser.get("/v1/security")).body).toMatchObject({
    secondStep: false,
    authenticators: [],
    recoveryCodes: { left: 0, createdAt: null },
  });

  const app = await addedApp(service, browser);
  expect((await browser.post("/v1/sign-out")).status).toBe(204);
  expect(browser.has("__Host-session")).toBe(false);
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");

  const first = await signIn(person, browser);
  expect(first.body).toEqual({
    status: "second_step",
    challenge: {
      id: expect.stringMatching(/^chal_/) as string,
      purpose: "sign_in",
      status: "pending",
      expiresAt: new Date(clock.now() + 600_000).toISOString(),
      attemptsLeft: 5,
      account: { email: person.email },
      methods: { totp: { digits: 6 } },
    },
  });
  expect(browser.has("__Host-session")).toBe(false);
  expect((await browser.post("/v1/challenge/complete")).code).toBe("challenge_pending");
  const second = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(second.body).toEqual({ status: "signed_in" });
  expect((await browser.get("/v1/session")).body).toMatchObject({
    account: { id: person.id, email: person.email, locale: "en" },
    session: { method: "totp", createdAt: new Date(clock.now()).toISOString() },
  });
  expect((await browser.get("/v1/challenge")).body).toMatchObject({ status: "approved" });
});

test("sessions are listed newest first and end one by one or all but this one", async () => {
  const person = await newPerson(service);
  const [first, second, third] = [
    await signedIn(service, person),
    (clock.advance(1), await signedIn(service, person)),
    (clock.advance(1), await signedIn(service, person)),
  ];
  const { sessions } = listSessions.answers[200].parse((await third.get("/v1/sessions")).body);
  expect(sessions.map(({ current, ip, device }) => [current, ip, device])).toEqual(
    [third, second, first].map(({ ip }) => [ip === third.ip, ip, "Firefox on Windows"]),
  );

  expect((await third.delete(`/v1/sessions/${sessions[1]?.id ?? ""}`)).status).toBe(204);
  expect((await second.get("/v1/session")).code).toBe("unauthenticated");
  expect((await third.delete("/v1/sessions")).status).toBe(204);
  expect((await first.get("/v1/session")).code).toBe("unauthenticated");
  expect((await third.get("/v1/sessions")).body).toMatchObject({ sessions: [{ current: true }] });
  const own = readSession.answers[200].parse((await third.get("/v1/session")).body).session.id;
  expect((await third.delete(`/v1/sessions/${own}`)).status).toBe(204);
  expect(third.has("__Host-session")).toBe(false);
});

test("each recovery code opens once, and new ones kill the old ones", async () => {
  const { person, browser } = await newSecuredPerson(service);
  const old = await newRecoveryCodes(browser);
  const codes = await newRecoveryCodes(browser);
  expect(new Set([...old, ...codes]).size).toBe(20);

  const other = await challenged(service, person);
  expect((await other.get("/v1/challenge")).body).toMatchObject({
    methods: { recoveryCode: { left: 10 } },
  });
  const enter = (code: string | undefined) => other.post("/v1/challenge/recovery-code", { code });
  expect((await enter(old[0])).body).toMatchObject({ code: "wrong_code", attemptsLeft: 4 });
  expect((await enter(codes[0]?.toUpperCase().replace("-", " "))).body).toEqual({
    status: "signed_in",
    recoveryCodesLeft: 9,
  });
  expect((await browser.get("/v1/session")).code).toBe("unauthenticated");

  await challenged(service, person, other);
  expect((await enter(codes[0])).code).toBe("code_already_used");
  expect((await other.get("/v1/challenge")).body).toMatchObject({ attemptsLeft: 5 });
});

test("what changes the methods asks for a proof that is at most ten minutes old", async () => {
  const { person, browser, app } = await newSecuredPerson(service);
  clock.advance(600);
  expect((await browser.post("/v1/totp", {})).code).toBe("reauthentication_required");
  expect((await browser.post("/v1/reauthentication", { password: "not this one" })).code).toBe(
    "invalid_credentials",
  );
  const asked = await browser.post("/v1/reauthentication", { password: person.password });
  expect(asked.body).toMatchObject({
    status: "second_step",
    challenge: { purpose: "reauthentication" },
  });
  expect((await browser.post("/v1/totp", {})).code).toBe("reauthentication_required");
  const proved = await browser.post("/v1/challenge/totp", { code: app.nextCode() });
  expect(proved.body).toEqual({ status: "reauthenticated" });
  expect((await browser.post("/v1/totp", {})).status).toBe(201);
});

test("a new password replaces the old one and keeps only the session that set it", async () => {
  const person = await newPerson(service);
  const [browser, other] = [await signedIn(service, person), await signedIn(service, person)];
  expect((await browser.put("/v1/password", { password: "another good one" })).status).toBe(204);
  expect((await other.get("/v1/session")).code).toBe("unauthenticated");
  expect((await browser.get("/v1/session")).status).toBe(200);
  expect((await signIn(person, other)).code).toBe("invalid_credentials");
  await signedIn(service, { ...person, password: "another good one" }, other);
});
