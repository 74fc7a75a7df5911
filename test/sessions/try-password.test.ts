import { beforeAll, describe, expect, test } from "vitest";
import { dynamoMailIndex } from "../../lib/runtime/dynamo-mail-index.ts";
import { mailKeys } from "../../lib/account/mail-index.ts";
import { hashPassword } from "../../lib/crypto/password-hash.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { keyedHash } from "../../lib/crypto/secret-key.ts";
import { dynamoPasswordServices } from "../../lib/runtime/dynamo-password-services.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { tryPassword } from "../../lib/sessions/try-password.ts";
import { anAccount } from "../support/account.ts";
import { startDynalite } from "../support/dynalite.ts";
import { useTable } from "../support/every-table.ts";
import { accountId } from "../support/ids.ts";
import { loseAnswers } from "../support/lost-answers.ts";
import { deciderOn, memoryAccountStore } from "../support/memory-account-store.ts";
import { context, day, minute, noon, second } from "../support/time.ts";

const table = useTable(startDynalite);
const keys = keyRing("a secret text for look-ups, of more than forty-three characters", "lookup");
const [key] = keys;
const salt = Buffer.alloc(16, 1);
/** Made with other parameters than today's, and quick. */
const outdated =
  "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

let current = "";
beforeAll(async () => {
  current = await hashPassword("password", salt);
});

let doors = 0;
let versions = 0;

/** A passwords to one account whose password is "password"; its address is its own, too. */
const passwordServices = async (hash: string | null = current) => {
  const n = (doors += 1);
  const email = `ann-${n}@example.com`;
  const account = anAccount({ id: accountId(`ann-${n}`), email, password: hash });
  const client = table().client();
  const loseNextReservation = loseAnswers(client, /^PutItem/);
  const named = tableOf(client, table().tableName);
  await dynamoMailIndex(named).claim(mailKeys(keys, email)[0], {
    accountId: account.id,
    claimedAt: noon,
    nonce: "first",
  });
  const decider = {
    ...deciderOn(memoryAccountStore(account)),
    newVersion: () => `version-${(versions += 1)}`,
  };
  const passwords = dynamoPasswordServices(named, { ...decider, random: () => salt }, () =>
    Promise.resolve(keys),
  );
  const attempt = (
    given: { email?: string; password?: string; ip?: string; now?: number } = {},
  ) => {
    const { now = noon, ...rest } = given;
    const typed = { email, password: "password", ip: `192.0.2.${n}`, ...rest };
    return tryPassword(passwords, typed, context(now));
  };
  return { attempt, account, passwords, loseNextReservation };
};

describe("a password", () => {
  test("that is right tells whose it is and the hash that it was right for", async () => {
    const { attempt, account } = await passwordServices();
    const tried = await attempt();
    expect(tried).toMatchObject({
      kind: "right",
      loaded: { value: account },
      password: { email: account.email, verifiedHash: current, rehashed: undefined },
    });
  });

  test("that is right for an outdated hash comes with a hash of today", async () => {
    const { attempt } = await passwordServices(outdated);
    expect(await attempt()).toMatchObject({
      kind: "right",
      password: { verifiedHash: outdated, rehashed: current },
    });
  });

  test("is wrong for an account that has none, for a mail that nobody has, and for a changed mail", async () => {
    const { attempt } = await passwordServices(null);
    expect(await attempt()).toMatchObject({ kind: "wrong" });
    expect(await attempt({ email: "nobody@example.com" })).toMatchObject({ kind: "wrong" });

    const moved = await passwordServices();
    const { value } = (await moved.passwords.accounts.load(moved.account.id)) ?? {};
    if (value) {
      await moved.passwords.accounts.save(
        { ...value, email: "new@example.com" },
        "first",
        "second",
      );
    }
    expect(await moved.attempt()).toMatchObject({ kind: "wrong" });
  });
});

describe("guesses of a mail from an address", () => {
  test("pause from the fifth, known mail or not, and a right one is not looked at", async () => {
    for (const email of [undefined, "nobody@example.com"]) {
      const { attempt } = await passwordServices();
      const given = email === undefined ? {} : { email };
      for (let n = 0; n < 5; n += 1) {
        expect(await attempt({ ...given, password: "wrong" })).toMatchObject({ kind: "wrong" });
      }
      const paused = { kind: "paused", until: noon + 30 * second };
      expect(await attempt(given)).toEqual(paused);
      expect(await attempt({ ...given, password: "wrong", now: noon + 29_999 })).toEqual(paused);
      expect(await attempt({ ...given, password: "wrong", now: noon + 30 * second })).toMatchObject(
        {
          kind: "wrong",
        },
      );
      expect(await attempt({ ...given, now: noon + 31 * second })).toEqual({
        kind: "paused",
        until: noon + 90 * second,
      });
    }
  });

  test("do not lock the owner out, who comes from elsewhere", async () => {
    const { attempt } = await passwordServices();
    for (let n = 0; n < 6; n += 1) await attempt({ password: "wrong" });
    expect((await attempt({ ip: "198.51.100.1" })).kind).toBe("right");
  });

  test("count together for a whole IPv6 network of 64 bits", async () => {
    const { attempt } = await passwordServices();
    for (let n = 1; n <= 5; n += 1) {
      await attempt({ password: "wrong", ip: `2001:db8:9:1::${n}` });
    }
    expect((await attempt({ ip: "2001:db8:9:1:ffff::1" })).kind).toBe("paused");
    expect((await attempt({ ip: "2001:db8:9:2::1" })).kind).toBe("right");
  });

  test("are forgiven by a success that stands, and only by it", async () => {
    const { attempt } = await passwordServices();
    for (let n = 0; n < 3; n += 1) await attempt({ password: "wrong" });
    const tried = await attempt();
    if (tried.kind !== "right") throw new Error("It was right.");
    // The fifth, though the fourth was right: nothing came of it yet.
    await attempt({ password: "wrong" });
    expect((await attempt()).kind).toBe("paused");
    await tried.forgive();
    expect((await attempt()).kind).toBe("right");
  });

  test("are forgotten a day after the last", async () => {
    const { attempt } = await passwordServices();
    for (let n = 0; n < 5; n += 1) await attempt({ password: "wrong" });
    const later = noon + day;
    for (let n = 0; n < 4; n += 1) await attempt({ password: "wrong", now: later });
    expect((await attempt({ now: later })).kind).toBe("right");
  });

  test("whose charge was saved but not answered are charged once", async () => {
    const { attempt, loseNextReservation } = await passwordServices();
    for (let n = 0; n < 4; n += 1) {
      loseNextReservation();
      expect(await attempt({ password: "wrong" })).toMatchObject({ kind: "wrong" });
    }
    expect((await attempt()).kind).toBe("right");
  });

  test("of a burst, no more are looked at than are charged", async () => {
    const { attempt } = await passwordServices();
    const tried = await Promise.all(
      Array.from({ length: 12 }, () =>
        attempt({ password: "wrong" }).catch(() => ({ kind: "busy" as const })),
      ),
    );
    expect(tried.filter(({ kind }) => kind === "wrong").length).toBeLessThanOrEqual(5);
    expect(tried.filter(({ kind }) => kind === "right")).toEqual([]);
  });
});

test("an address tries a hundred times in ten minutes, over all mails, then it waits", async () => {
  const { attempt, passwords } = await passwordServices();
  const ip = "203.0.113.9";
  // Counted in the table, without a hundred hashes.
  for (let n = 0; n < 99; n += 1) {
    await passwords.addresses.add(keyedHash(key, "address", ip), noon + minute, 600);
  }
  expect((await attempt({ ip, now: noon + 2 * minute })).kind).toBe("right");
  expect((await attempt({ ip, now: noon + 3 * minute })).kind).toBe("paused");
  expect((await attempt({ now: noon + 3 * minute })).kind).toBe("right");
  // No second hundred at the edge of the ten minutes.
  expect((await attempt({ ip, now: noon + 10 * minute })).kind).toBe("paused");
  expect((await attempt({ ip, now: noon + 15 * minute })).kind).toBe("right");
});

test("right passwords of many people behind one address do not use up its tries", async () => {
  const { attempt, passwords } = await passwordServices();
  const ip = "203.0.113.10";
  for (let n = 0; n < 3; n += 1) {
    const tried = await attempt({ ip });
    if (tried.kind === "right") await tried.forgive();
  }
  const { count } = await passwords.addresses.add(keyedHash(key, "address", ip), noon, 600);
  expect(count).toBe(1);
});
