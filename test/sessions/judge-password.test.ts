import { describe, expect, test } from "vitest";
import { judgePassword } from "../../lib/sessions/judge-password.ts";

const owner = { email: "olena.koval@mail.example.com", serviceName: "Acme Hosting" };
const judge = (password: string, changed: Partial<typeof owner> = {}) =>
  judgePassword(password, { ...owner, ...changed });

describe("refused as common, whatever its capitals and its width", () => {
  test.each([
    "password",
    "PassWord",
    "12345678",
    "qwertyuiop",
    "iloveyou1",
    "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44",
  ])("%s", (password) => {
    expect(judge(password)).toBe("too_common");
  });
});

describe("refused as made of the account's mail", () => {
  test.each([
    ["the mail", "olena.koval@mail.example.com"],
    ["the mail in capitals", "OLENA.KOVAL@MAIL.EXAMPLE.COM"],
    ["the local part", "olena.koval"],
    ["the domain", "mail.example.com"],
    ["a domain's label", "example!"],
    ["a word and a year", "Olena1987"],
    ["a word among blanks and signs", " --koval+$$-- "],
    ["several parts", "koval@example#1"],
    ["a part and the service's name", "Olena-Acme-1"],
  ])("%s", (_, password) => {
    expect(judge(password)).toBe("contains_mail");
  });

  test("a mail of any script", () => {
    expect(judge("Олена2024", { email: "олена@приклад.укр" })).toBe("contains_mail");
  });
});

describe("refused as made of the service's name", () => {
  test.each(["Acme Hosting", "acmehosting", "ACME2026", "hosting!"])("%s", (password) => {
    expect(judge(password)).toBe("contains_service_name");
  });
});

describe("refused as one character repeated", () => {
  test.each([
    ["blanks", " ".repeat(8)],
    ["letters", "aaaaaaaa"],
    ["letters of both cases", "aAaAaAaA"],
    ["letters of two widths", "aaaa\uff41\uff41\uff41\uff41"],
    ["keys", "\u{1f511}".repeat(8)],
  ])("%s", (_, password) => {
    expect(judge(password)).toBe("repeated");
  });
});

describe("refused as a run", () => {
  test.each(["cdefghij", "ZYXWVUTS", "34567890", "wertyuio", "йцукенгш", "ЖДЛОРПАВ", "абвгґдеє"])(
    "%s",
    (password) => {
      expect(judge(password)).toBe("sequence");
    },
  );
});

const bcrypt = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const hex = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8";
describe("refused as a stored hash", () => {
  test.each([
    bcrypt,
    bcrypt.replace("$2b", "$2a"),
    bcrypt.replace("$2b", "$2y"),
    ` ${bcrypt}\n`,
    bcrypt.slice(0, 20),
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$dGFndGFndGFndGFn",
    "$scrypt$ln=17,r=8,p=1$c2FsdA$dGFn",
    "$pbkdf2-sha256$29000$c2FsdA$dGFn",
    "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO",
    "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
    "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0",
    "pbkdf2_sha256$260000$c2FsdHNhbHQ$dGFndGFndGFndGFn",
    "scrypt:32768:8:1$c2FsdHNhbHQ$dGFndGFndGFndGFn",
    "SCRAM-SHA-256$4096:c2FsdHNhbHQ$dGFndGFndGFndGFn",
    "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr",
    "{SHA512-CRYPT}$6$salt$hash",
    "{bcrypt}$2a$10$N9qo8uLOickgx2ZMRZoMye",
    `md5${hex.slice(0, 32)}`,
    `*${hex.toUpperCase()}`,
  ])("%s", (password) => {
    expect(judge(password)).toBe("looks_like_hash");
  });
});

describe("taken", () => {
  test.each([
    ["a phrase", "correct horse battery staple"],
    ["a common one with a word more", "password lantern"],
    ["a phrase with a word of the mail", "koval rides to the sea"],
    ["a word of the mail in another word", "examples"],
    ["a word of the mail with a letter more", "olenax1987"],
    ["a word of the mail with a sign that nobody adds", "olena\u{1f511}\u{1f40e}\u{1f50b}"],
    ["a label of three letters", "com-1987!"],
    ["a phrase with the service's name", "acme forgets nothing"],
    ["one character repeated, and another", "aaaaaaab"],
    ["a run with a gap", "bcdefgij"],
    ["a run in another order", "hgfeabcd"],
    ["dollars", "$2b or not $2b"],
    ["dollars around a word", "$cash$ is king, they say"],
    ["a scheme's name", "scrypt: slower than bcrypt"],
    ["braces", "{crypt} keeper"],
    ["hexadecimal digits", hex],
  ])("%s", (_, password) => {
    expect(judge(password)).toBeUndefined();
  });

  test("whatever it is, where the account has no mail and the service a short name", () => {
    const nobody = { email: undefined, serviceName: "IBM" };
    for (const password of ["undefined1987", "ibm-1987!"]) {
      expect(judgePassword(password, nobody)).toBeUndefined();
    }
  });

  test("a word of the mail that is too short to say anything", () => {
    expect(judge("ann-1987!", { email: "ann@example.com" })).toBeUndefined();
  });
});
