import { describe, expect, test } from "vitest";
import { passwordFaults } from "../../lib/http/refuse-password.ts";
import { newPerson, signedIn, signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";
import { refused } from "./refused.ts";

const service = await startService();
const { host } = service;
const person = await newPerson(service, { email: "olena.koval@example.com" });

const bcrypt = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const weak: [reason: keyof typeof passwordFaults, password: string][] = [
  ["too_common", "PassWord"],
  ["too_common", "12345678"],
  ["repeated", " ".repeat(8)],
  ["sequence", "cdefghij"],
  ["contains_mail", "olena.koval@example.com"],
  ["contains_mail", "Koval-1987"],
  ["contains_service_name", "Twostep2026!"],
  ["looks_like_hash", bcrypt],
];

const told = (reason: keyof typeof passwordFaults) => ({
  errors: [{ pointer: "/password", detail: passwordFaults[reason], reason }],
});
const invalid = [400, "invalid_request"] as const;

describe.each(weak)(
  "a new password that is %s, such as %j, is refused and changes nothing",
  (reason, password) => {
    test("for somebody who sets their own", async () => {
      const browser = await signedIn(service, person);
      const send = () => browser.put("/v1/password", { password });
      const reply = await refused(service, send, invalid, [password]);
      expect(reply.body).toMatchObject(told(reason));
      await signedIn(service, person);
    });

    test("for an account that the host changes, its mail included", async () => {
      const { id, email } = person;
      const send = () => host.put(`/v1/accounts/${id}`, { email, password, locale: "uk" });
      expect((await refused(service, send, invalid, [password])).body).toMatchObject(told(reason));
    });

    test("for an account that the host makes: there is none, and its mail is free", async () => {
      const email = "olena.koval@elsewhere.example.com";
      const of = password.includes("@") ? email : password;
      const send = () => host.put("/v1/accounts/nobody", { email, password: of });
      expect((await refused(service, send, invalid, [of])).body).toMatchObject(told(reason));
      expect((await host.get("/v1/accounts/nobody")).code).toBe("not_found");
    });
  },
);

test("the mail that counts is the one that the account gets", async () => {
  const moved = await newPerson(service);
  const put = (password: string) =>
    host.put(`/v1/accounts/${moved.id}`, { email: "new.shepherd@example.com", password });
  expect((await put("shepherd 1987")).body).toMatchObject(told("contains_mail"));
  expect((await put("shepherds of 1987")).status).toBe(200);
});

test("a password that is being tried is not judged, and one that is shorter is told its length", async () => {
  for (const password of ["password", bcrypt]) {
    const reply = await signIn({ ...person, password }, service.browser());
    expect(reply.code).toBe("invalid_credentials");
  }
  const reply = await host.put(`/v1/accounts/${person.id}`, {
    email: person.email,
    password: "aaaaaaa",
  });
  expect(reply.body).toMatchObject({
    errors: [{ pointer: "/password", detail: "must have 8 to 256 characters" }],
  });
});
