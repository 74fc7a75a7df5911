import { describe, expect, test } from "vitest";
import type { Browser, Reply } from "../support/service-browser.ts";
import { newPerson, signedIn, signIn, type Person } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock, host } = service;

const wrongly = (person: Person, browser: Browser) =>
  signIn({ ...person, password: "not the password" }, browser);

const guess = async (person: Person, browser: Browser, times: number) => {
  for (let i = 0; i < times; i += 1) {
    expect((await wrongly(person, browser)).code).toBe("invalid_credentials");
  }
};

/** All that a client can see of an answer but the id of the request. */
const visible = ({ status, headers, setCookies, text }: Reply) => ({
  status,
  headers,
  setCookies,
  text: text.replace(/"requestId":"[^"]+"/, ""),
});

const unknown = (): Person => ({ id: "", email: "nobody@example.com", password: "whatever" });

describe("a mail and an address together", () => {
  test("five wrong passwords are free, then pauses double from half a minute to an hour", async () => {
    const person = await newPerson(service);
    const browser = service.browser();
    await guess(person, browser, 5);
    for (const seconds of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
      expect((await signIn(person, browser)).body).toMatchObject({
        code: "too_many_attempts",
        retryAfter: seconds,
      });
      clock.advance(seconds - 1);
      expect((await signIn(person, browser)).body).toMatchObject({ retryAfter: 1 });
      clock.advance(1);
      await guess(person, browser, 1);
    }
  });

  test("the right password after a pause is let in and clears the run", async () => {
    const person = await newPerson(service);
    const browser = service.browser();
    await guess(person, browser, 5);
    clock.advance(30);
    await signedIn(service, person, browser);
    await guess(person, browser, 4);
    await signedIn(service, person, browser);
    await guess(person, browser, 5);
    expect((await wrongly(person, browser)).code).toBe("too_many_attempts");
  });

  test("a stranger elsewhere cannot lock the owner out", async () => {
    const person = await newPerson(service);
    const stranger = service.browser();
    await guess(person, stranger, 5);
    expect((await signIn(person, stranger)).code).toBe("too_many_attempts");
    await signedIn(service, person, service.browser());
    expect((await signIn(person, stranger)).code).toBe("too_many_attempts");
  });

  test("another spelling of the mail is the same mail", async () => {
    const person = await newPerson(service);
    const browser = service.browser();
    await guess(person, browser, 2);
    await guess({ ...person, email: person.email.toUpperCase() }, browser, 2);
    await guess({ ...person, email: ` ${person.email} ` }, browser, 1);
    expect((await signIn(person, browser)).code).toBe("too_many_attempts");
  });

  test("another address of the same IPv6 network is the same address", async () => {
    const person = await newPerson(service);
    await guess(person, service.browser("2001:db8:1:2::1"), 3);
    await guess(person, service.browser("2001:db8:1:2:ffff::2"), 2);
    expect((await signIn(person, service.browser("2001:DB8:1:2:3:4:5:6"))).code).toBe(
      "too_many_attempts",
    );
    await signedIn(service, person, service.browser("2001:db8:1:3::1"));
  });

  test("proving it again is counted with signing in", async () => {
    const person = await newPerson(service);
    const browser = await signedIn(service, person);
    for (let i = 0; i < 5; i += 1) {
      const reply = await browser.post("/v1/reauthentication", { password: "wrong" });
      expect(reply.code).toBe("invalid_credentials");
    }
    expect((await browser.post("/v1/reauthentication", { password: person.password })).code).toBe(
      "too_many_attempts",
    );
    expect((await signIn(person, browser)).code).toBe("too_many_attempts");
    expect((await browser.get("/v1/session")).status).toBe(200);
  });
});

test("an address has a hundred tries in ten minutes over all mails, and others are free", async () => {
  const person = await newPerson(service);
  const browser = service.browser("203.0.113.200");
  clock.advance(600);
  for (let i = 0; i < 100; i += 10) {
    const tries = Array.from({ length: 10 }, (_, j) =>
      signIn({ ...unknown(), email: `nobody-${i + j}@example.com` }, browser.copy()),
    );
    for (const reply of await Promise.all(tries)) expect(reply.code).toBe("invalid_credentials");
  }
  const paused = await signIn(person, browser);
  expect(paused.code).toBe("too_many_attempts");
  // A twenty-fourth of the ten minutes more: the part of them that is only half over counts in full.
  const wait = Number(paused.headers["retry-after"]);
  expect(wait).toBeGreaterThanOrEqual(600);
  expect(wait).toBeLessThanOrEqual(625);
  await signedIn(service, person);
  clock.advance(wait);
  await signedIn(service, person, browser);
});

describe("a stranger learns nothing of who has an account", () => {
  test("from a wrong password", async () => {
    const person = await newPerson(service);
    await host.put("/v1/accounts/host-checks", { email: "host-checks@example.com" });
    const replies = [
      await wrongly(person, service.browser()),
      await wrongly(unknown(), service.browser()),
      await wrongly({ ...unknown(), email: "host-checks@example.com" }, service.browser()),
    ].map(visible);
    expect(replies[0]?.status).toBe(401);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
  });

  test("from a pause", async () => {
    const [person, another] = [await newPerson(service), await newPerson(service)];
    const replies = [];
    for (const tried of [person, { ...another, password: "wrong" }, unknown()]) {
      const browser = service.browser();
      for (let i = 0; i < 5; i += 1) await wrongly(tried, browser);
      replies.push(visible(await signIn(tried, browser)));
    }
    expect(replies[0]?.status).toBe(429);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
  });

  test("from a mail that an account had before", async () => {
    const person = await newPerson(service);
    await host.put(`/v1/accounts/${person.id}`, { email: `new-${person.email}` });
    expect(visible(await signIn(person, service.browser()))).toEqual(
      visible(await signIn(unknown(), service.browser())),
    );
  });
});

describe("passwords", () => {
  const take = async (password: string) => {
    const browser = await signedIn(service, await newPerson(service));
    return browser.put("/v1/password", { password });
  };

  test("have 8 to 256 characters, counted after NFKC", async () => {
    expect((await take("seven 7")).code).toBe("invalid_request");
    expect((await take("eight  8")).status).toBe(204);
    expect((await take("\u{1f511}\u{1f40e}".repeat(128))).status).toBe(204);
    expect((await take(`${"\u{1f511}\u{1f40e}".repeat(128)}\u{1f511}`)).code).toBe(
      "invalid_request",
    );
    // One ligature is two letters after NFKC.
    expect((await take("\ufb01\ufb01\ufb01\ufb01")).status).toBe(204);
  });

  test("are taken exactly: case, blanks and every character count", async () => {
    const person = await newPerson(service, { password: " Pass\0wörd Ω " });
    await signedIn(service, person);
    for (const password of ["Pass\0wörd Ω", " pass\0wörd Ω ", " Pass\0word Ω ", " Pass"]) {
      expect((await signIn({ ...person, password }, service.browser())).code).toBe(
        "invalid_credentials",
      );
    }
  });

  test("are the same however a keyboard composes them", async () => {
    const person = await newPerson(service, { password: "pa\u0301ssword \uff21" });
    await signedIn(service, { ...person, password: "p\u00e1ssword A" });
  });
});
