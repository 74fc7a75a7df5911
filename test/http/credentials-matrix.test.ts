import { describe, expect, test } from "vitest";
import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import { newPerson, signedIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { copiedSubjects } from "./copied-subjects.ts";
import {
  hasValidRequest,
  newSubject,
  pathWith,
  sendValid,
  senderOf,
  validRequest,
} from "./valid-requests.ts";

const service = await startService();
const { clock, storage } = service;

/** Every kind of cookie that is not the right one, by what is wrong with it. */
const wrongCookies = await makeWrongCookies();
const stale = await makeStale();
const subject = await newSubject(service);
const stranger = await newSubject(service);
const subjects = await copiedSubjects(service);
const session = subject.session.cookie("__Host-session");
const challenge = subject.challenge.cookie("__Host-challenge");
const valueOf = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);

const cookies: Readonly<Record<string, readonly string[]>> = {
  ...wrongCookies,
  "a challenge in place of a session": [`__Host-session=${valueOf(challenge)}`],
  "a session in place of a challenge": [`__Host-challenge=${valueOf(session)}`],
  "a wrong secret": [withSecret(session, "A".repeat(43)), withSecret(challenge, "A".repeat(43))],
  "the account of somebody else": [
    inAccount(session, stranger.person.id),
    inAccount(challenge, stranger.person.id),
  ],
  "an account that does not exist": [inAccount(session, "nobody"), inAccount(challenge, "nobody")],
  "the session only": [session],
  "the challenge only": [challenge],
  "a session that is not fresh": [stale],
};

test.each(contracts)("$operation has an expectation", (contract) => {
  expect(hasValidRequest(contract)).toBe(true);
});

const needsCookie = contracts.filter(
  ({ credential }) => credential !== "none" && credential !== "host",
);

describe.each(needsCookie)("$method $path", (contract) => {
  const refused = Object.keys(cookies).filter((name) => refusalOf(contract, name));

  test.each(refused)("refuses %s and changes nothing", async (name) => {
    const before = await storage.snapshot();
    const reply = await sendValid(contract, validRequest(contract, subject), service.browser(), {
      cookies: cookies[name] ?? [],
    });
    expect([reply.status, reply.code]).toEqual(refusalOf(contract, name));
    expect(reply.setCookies).toEqual([]);
    expect(await storage.snapshot()).toEqual(before);
  });
});

const withForeignIds = contracts.filter(
  ({ path, credential }) => path.includes("{") && credential !== "host",
);

test.each(withForeignIds)("$operation finds nothing of somebody else", async (contract) => {
  const { id } = validRequest(contract, stranger);
  const { json } = validRequest(contract, subject);
  const before = await storage.snapshot();
  const reply = await senderOf(contract, subject, service).send(
    contract.method,
    pathWith(contract, id),
    { json },
  );
  expect(reply.code).toBe("not_found");
  expect(await storage.snapshot()).toEqual(before);
});

test("a session that is not fresh is good for what needs no fresh one", async () => {
  const send = (path: string) => service.browser().send("GET", path, { cookies: [stale] });
  for (const { path } of contracts.filter(
    ({ credential, method, path }) =>
      credential === "session" && method === "GET" && !path.includes("{"),
  )) {
    expect((await send(path)).status).toBe(200);
  }
});

test("the right cookie is found behind a garbled one of the same name", async () => {
  const browser = service.browser();
  const given = { cookies: ["__Host-session=garbled", session, "other=1"] };
  expect((await browser.send("GET", "/v1/session", given)).status).toBe(200);
});

test.each(contracts)("$method $path lets the right credential in", async (contract) => {
  await subjects.withOne(async (own) => {
    const request = validRequest(contract, own);
    const reply = await sendValid(contract, request, senderOf(contract, own, service));
    expect(reply.status).toBe(request.status);
  });
});

test.each(contracts.filter((contract) => !needsCookie.includes(contract)))(
  "$method $path ignores whatever cookies come with it",
  (contract) =>
    subjects.withOne(async (own) => {
      const request = validRequest(contract, own);
      const reply = await sendValid(contract, request, service.browser(), {
        cookies: Object.values(cookies).flat(),
      });
      expect(reply.status).toBe(request.status);
    }),
);

/** What this cookie gets at this route, or undefined where it is let in. */
function refusalOf({ credential }: Contract, name: string): [number, string] | undefined {
  switch (credential) {
    case "none":
    case "host":
      return undefined;
    case "challenge":
      return name === "the challenge only" ? undefined : [401, "no_challenge"];
    case "session":
    case "fresh_session":
      if (name === "the session only") return undefined;
      if (name !== "a session that is not fresh") return [401, "unauthenticated"];
      return credential === "session" ? undefined : [403, "reauthentication_required"];
  }
}

/** Ordered by the clock, which this moves by half a day. */
async function makeWrongCookies() {
  const person = await newPerson(service);
  const tooOld = await signedIn(service, person);
  for (let minutes = 0; minutes < 12 * 60; minutes += 25) {
    expect((await tooOld.get("/v1/session")).status).toBe(200);
    clock.advance(25 * 60);
  }
  const idle = await signedIn(service, person);
  clock.advance(30 * 60);
  const revoked = await signedIn(service, person);
  const revokedCookie = revoked.cookie("__Host-session");
  await revoked.post("/v1/sign-out");

  const other = await newPerson(service);
  const ofOtherEpoch = await signedIn(service, other);
  await (await signedIn(service, other)).delete("/v1/sessions");
  return {
    nothing: [],
    "garbled cookies": ["__Host-session=%00garbled", "__Host-challenge=a.b.c", "__Host-session"],
    "a session that is too old": [tooOld.cookie("__Host-session")],
    "an idle session": [idle.cookie("__Host-session")],
    "a revoked session": [revokedCookie],
    "a session of another epoch": [ofOtherEpoch.cookie("__Host-session")],
  };
}

/** A session that is live, and more than ten minutes old. */
async function makeStale() {
  const person = await newPerson(service);
  const browser = await signedIn(service, person);
  clock.advance(601);
  return browser.cookie("__Host-session");
}

function withSecret(cookie: string, secret: string) {
  return cookie.replace(/[^.]+$/, secret);
}

function inAccount(cookie: string, account: string) {
  return cookie.replace(/=[^.]+\./, `=${account}.`);
}
