import { expect, test } from "vitest";
import { dynamoPasswordGuard } from "../../lib/runtime/dynamo-password-guard.ts";
import { tableOf } from "../../lib/runtime/dynamo-table.ts";
import { onEveryTable } from "../support/every-table.ts";
import { day, minute, noon } from "../support/time.ts";

const guesses = { wrong: 6, pausedUntil: noon + minute, forgottenAt: noon + day };

onEveryTable((table) => {
  let keys = 0;
  const aGuard = () => ({
    guard: dynamoPasswordGuard(tableOf(table().client(), table().tableName)),
    key: `key-${(keys += 1)}`,
  });

  test("where nobody guessed nothing is known", async () => {
    const { guard, key } = aGuard();
    await expect(guard.load(key)).resolves.toBeUndefined();
  });

  test("what was charged comes back to its last field", async () => {
    const { guard, key } = aGuard();
    await expect(guard.save(key, guesses, undefined, "v1")).resolves.toBe("saved");
    await expect(guard.load(key)).resolves.toEqual({ value: guesses, version: "v1" });
  });

  test("a charge on what somebody else has charged is refused", async () => {
    const { guard, key } = aGuard();
    await guard.save(key, guesses, undefined, "v1");
    await expect(guard.save(key, guesses, undefined, "v2")).resolves.toBe("conflict");
    await expect(guard.save(key, guesses, "v0", "v2")).resolves.toBe("conflict");
    await expect(guard.save(key, { ...guesses, wrong: 7 }, "v1", "v2")).resolves.toBe("saved");
    expect(await guard.load(key)).toMatchObject({ value: { wrong: 7 }, version: "v2" });
  });

  test("of many charges on one state at once, one is saved", async () => {
    const { guard, key } = aGuard();
    for (const seen of [undefined, "v1"]) {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          guard.save(key, { ...guesses, wrong: n }, seen, seen ? `v2-${n}` : "v1"),
        ),
      );
      expect(results.filter((result) => result === "saved")).toHaveLength(1);
      expect((await guard.load(key))?.value.wrong).toBe(results.indexOf("saved"));
    }
  });

  test("what is cleared is as if nobody had guessed, and may be cleared again", async () => {
    const { guard, key } = aGuard();
    await guard.save(key, guesses, undefined, "v1");
    await guard.clear(key);
    await guard.clear(key);
    await expect(guard.load(key)).resolves.toBeUndefined();
    await expect(guard.save(key, guesses, "v1", "v2")).resolves.toBe("conflict");
    await expect(guard.save(key, guesses, undefined, "v3")).resolves.toBe("saved");
  });
});
