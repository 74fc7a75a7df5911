import { expect, test } from "vitest";
import { inTurn } from "../../lib/crypto/in-turn.ts";

/** Jobs that end when they are told to, and a record of those that began. */
const someJobs = (width: number) => {
  const run = inTurn(width);
  const begun: number[] = [];
  const endings = new Map<number, (fault?: Error) => void>();
  const start = (n: number) =>
    run(() => {
      begun.push(n);
      return new Promise<number>((resolve, reject) => {
        endings.set(n, (fault) => (fault ? reject(fault) : resolve(n)));
      });
    });
  const end = async (n: number, fault?: Error) => {
    endings.get(n)?.(fault);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { start, end, begun };
};

test("no more than two run at a time, the others begin in the order in which they came", async () => {
  const { start, end, begun } = someJobs(2);
  const results = [1, 2, 3, 4, 5].map(start);
  expect(begun).toEqual([1, 2]);
  await end(2);
  expect(begun).toEqual([1, 2, 3]);
  await end(3);
  await end(1);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  await end(4);
  await end(5);
  await expect(Promise.all(results)).resolves.toEqual([1, 2, 3, 4, 5]);
});

test("a job that fails fails alone, and makes room", async () => {
  const { start, end, begun } = someJobs(1);
  const [first, second] = [start(1), start(2)];
  const failed = expect(first).rejects.toThrow("broken");
  await end(1, new Error("broken"));
  await failed;
  expect(begun).toEqual([1, 2]);
  await end(2);
  await expect(second).resolves.toBe(2);
});

test("a job that throws at once makes room, too", async () => {
  const run = inTurn(1);
  const broken = () => {
    throw new Error("broken");
  };
  await expect(run(broken)).rejects.toThrow("broken");
  await expect(run(() => Promise.resolve(1))).resolves.toBe(1);
});

test("room that was left is given again, no more and no less", async () => {
  const { start, end, begun } = someJobs(2);
  for (const n of [1, 2, 3]) {
    void start(n);
    await end(n);
  }
  [4, 5, 6].forEach((n) => void start(n));
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});
