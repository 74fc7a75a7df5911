import { argon2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { checkPassword, hashPassword } from "../../lib/crypto/password-hash.ts";

const salt = Buffer.from("0123456789abcdef");

/** PHC strings of the reference implementation's own tests (phc-winner-argon2, src/test.c). */
const reference = [
  [
    "password",
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
  ],
  [
    "password",
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
  ],
  [
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw",
  ],
  [
    "differentpassword",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
  ],
] as const;

test.each(reference)("the reference implementation's hash of %j opens: %s", async (word, phc) => {
  await expect(checkPassword(word, phc)).resolves.toEqual({ right: true, outdated: true });
  await expect(checkPassword(`${word} `, phc)).resolves.toMatchObject({ right: false });
});

test("a hash is a PHC string of argon2id with 19 MiB, two passes and one lane", async () => {
  const tag = argon2Sync("argon2id", {
    message: Buffer.from("correct horse"),
    nonce: salt,
    memory: 19 * 1024,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  const plain = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
  await expect(hashPassword("correct horse", salt)).resolves.toBe(
    `$argon2id$v=19$m=19456,t=2,p=1$${plain(salt)}$${plain(tag)}`,
  );
});

test("a password opens its hash, and no other does", async () => {
  const phc = await hashPassword("correct horse", salt);
  await expect(checkPassword("correct horse", phc)).resolves.toEqual({
    right: true,
    outdated: false,
  });
  for (const other of ["Correct horse", "correct horse ", "correct hors", "", "\0correct horse"]) {
    await expect(checkPassword(other, phc)).resolves.toMatchObject({ right: false });
  }
});

test("the whole password counts, up to its last character", async () => {
  const long = "ж".repeat(255);
  const phc = await hashPassword(`${long}a`, salt);
  await expect(checkPassword(`${long}a`, phc)).resolves.toMatchObject({ right: true });
  await expect(checkPassword(`${long}b`, phc)).resolves.toMatchObject({ right: false });
  await expect(checkPassword(long, phc)).resolves.toMatchObject({ right: false });
});

test("one password typed on two keyboards is one password (NFKC)", async () => {
  const phc = await hashPassword("Zo\u00eb\u2019s \ufb01fty \uff11", salt);
  await expect(checkPassword("Zoe\u0308\u2019s fifty 1", phc)).resolves.toMatchObject({
    right: true,
  });
  await expect(checkPassword("Zoe\u2019s fifty 1", phc)).resolves.toMatchObject({ right: false });
});

test("other salts make other hashes", async () => {
  const other = Buffer.alloc(16, 7);
  expect(await hashPassword("correct horse", salt)).not.toBe(
    await hashPassword("correct horse", other),
  );
});

test.each([
  ["memory", "m=65536,t=2,p=1"],
  ["passes", "m=19456,t=3,p=1"],
  ["lanes", "m=19456,t=2,p=2"],
])("a hash with other %s is right, and due to be made anew", async (_, parameters) => {
  const [memory = 0, passes = 0, parallelism = 0] = parameters.match(/\d+/g)?.map(Number) ?? [];
  const tag = argon2Sync("argon2id", {
    message: Buffer.from("correct horse"),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: 32,
  });
  const plain = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
  const phc = `$argon2id$v=19$${parameters}$${plain(salt)}$${plain(tag)}`;
  await expect(checkPassword("correct horse", phc)).resolves.toEqual({
    right: true,
    outdated: true,
  });
});

test.each([null, undefined])("where there is no hash (%s), no password is right", async (none) => {
  for (const password of ["", "correct horse"]) {
    await expect(checkPassword(password, none)).resolves.toEqual({ right: false, outdated: false });
  }
});

const good = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$" + "A".repeat(43);

test.each([
  ["another algorithm", good.replace("argon2id", "argon2i")],
  ["another version", good.replace("v=19", "v=16")],
  ["no version", good.replace("v=19$", "")],
  ["a short tag", good.slice(0, -1)],
  ["a long tag", `${good}A`],
  ["no salt", good.replace("MDEyMzQ1Njc4OWFiY2RlZg", "")],
  ["parameters in another order", good.replace("m=19456,t=2", "t=2,m=19456")],
  ["something before it", ` ${good}`],
  ["something after it", `${good}\nx`],
  ["a memory that would take the machine", good.replace("m=19456", "m=99999999")],
  ["bcrypt", "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["plain text", "correct horse"],
])("a hash with %s is a fault, not a wrong password", async (_, phc) => {
  await expect(checkPassword("correct horse", phc)).rejects.toThrow("Not a password hash.");
});

test("a burst of passwords is hashed to its last one", async () => {
  const phc = await hashPassword("correct horse", salt);
  const checks = await Promise.all(
    Array.from({ length: 12 }, (_, n) => checkPassword(n % 2 ? "correct horse" : "wrong", phc)),
  );
  expect(checks.map(({ right }) => right)).toEqual(checks.map((_, n) => n % 2 === 1));
});
