import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { promptNumbers } from "../../lib/telegram/prompt.ts";

const sixBytes = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) => Buffer.from(bytes));

test("three numbers of two digits, never two the same, whatever the random bytes are", () => {
  fc.assert(
    fc.property(sixBytes, (random) => {
      const numbers = promptNumbers(random);
      expect(numbers).toHaveLength(3);
      expect(new Set(numbers).size).toBe(3);
      for (const number of numbers) expect(number).toMatch(/^[1-9]\d$/);
    }),
    { numRuns: 2000 },
  );
  for (const edge of [0x00, 0xff])
    expect(new Set(promptNumbers(Buffer.alloc(6, edge))).size).toBe(3);
});

/** Bytes that look random and are the same in every run. */
const samples = Array.from({ length: 18_000 }, (_, n) =>
  promptNumbers(createHash("sha256").update(`sample ${n}`).digest().subarray(0, 6)),
);

/** Pearson's statistic against an even spread. */
const chiSquared = (counts: ReadonlyMap<string, number>, kinds: number, total: number) => {
  const even = total / kinds;
  const seen = [...counts.values()].reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
  return seen + (kinds - counts.size) * even;
};

const countBy = (key: (numbers: (typeof samples)[number]) => string) => {
  const counts = new Map<string, number>();
  for (const one of samples) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
};

test("every one of the 90 numbers is as likely as the others, in each of the three places", () => {
  for (const place of [0, 1, 2] as const) {
    // 89 degrees of freedom: 149.7 would be seen once in 10,000 even spreads.
    expect(
      chiSquared(
        countBy((numbers) => numbers[place]),
        90,
        samples.length,
      ),
    ).toBeLessThan(150);
  }
});

test("the place of the right button says nothing: first, second and third a third of the time each", () => {
  const places = countBy((numbers) => String([...numbers].sort().indexOf(numbers[0])));
  // 2 degrees of freedom: 18.4 would be seen once in 10,000.
  expect(chiSquared(places, 3, samples.length)).toBeLessThan(18.4);
});
