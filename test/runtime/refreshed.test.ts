import { expect, test } from "vitest";
import { refreshed } from "../../lib/runtime/refreshed.ts";
import { hour, minute, noon, second } from "../support/time.ts";

/** A value elsewhere: each fetch waits until it is answered, unless answers are laid ready. */
const aSource = (...ready: readonly (string | Error)[]) => {
  const time = { now: noon };
  const answers = [...ready];
  const waiting: PromiseWithResolvers<string>[] = [];
  const faults: unknown[] = [];
  let fetches = 0;
  const value = refreshed<string>(
    () => {
      fetches += 1;
      const answer = answers.shift();
      if (answer instanceof Error) return Promise.reject(answer);
      if (answer !== undefined) return Promise.resolve(answer);
      const asked = Promise.withResolvers<string>();
      waiting.push(asked);
      return asked.promise;
    },
    { now: () => time.now, onFailure: (fault) => void faults.push(fault) },
  );
  const pass = (milliseconds: number) => void (time.now += milliseconds);
  return { ...value, waiting, faults, pass, fetches: () => fetches };
};

const down = new Error("It is down.");

test("however many ask at once, it is fetched once", async () => {
  const { get, fetches } = aSource("old");
  expect(await Promise.all(Array.from({ length: 50 }, get))).toEqual(Array(50).fill("old"));
  expect(fetches()).toBe(1);
});

test("for five minutes nobody asks again", async () => {
  const { get, pass, fetches } = aSource("old");
  await get();
  pass(5 * minute - 1);
  await get();
  expect(fetches()).toBe(1);
});

test("then it is fetched beside requests that go on with the old one", async () => {
  const { get, pass, waiting, fetches } = aSource("old");
  await get();
  pass(5 * minute);
  expect(await Promise.all(Array.from({ length: 50 }, get))).toEqual(Array(50).fill("old"));
  expect(fetches()).toBe(2);
  waiting[0]?.resolve("new");
  await expect.poll(get).toBe("new");
  expect(fetches()).toBe(2);
});

test("whoever was frozen for an hour does not act on what was true an hour ago", async () => {
  const { get, pass, fetches } = aSource("old", "new");
  await get();
  pass(hour);
  expect(await Promise.all(Array.from({ length: 50 }, get))).toEqual(Array(50).fill("new"));
  expect(fetches()).toBe(2);
});

test("an answer counts from when it was asked for: a freeze may lie between", async () => {
  const { get, pass, waiting, fetches } = aSource("old");
  await get();
  pass(5 * minute);
  await get();
  // Frozen here, with the question on its way.
  pass(hour);
  const woken = get();
  waiting[0]?.resolve("an hour old");
  await expect.poll(fetches).toBe(3);
  waiting[1]?.resolve("new");
  expect(await woken).toBe("new");
});

test("a refresh that fails keeps the old one, for however long, and is told", async () => {
  const { get, pass, faults } = aSource("old", down, down, "new");
  await get();
  pass(5 * minute);
  expect(await get()).toBe("old");
  await expect.poll(() => faults).toEqual([down]);
  pass(24 * hour);
  expect(await get()).toBe("old");
  expect(faults).toEqual([down, down]);
  pass(10 * second);
  expect(await get()).toBe("new");
});

test("while it is down not every request waits for it", async () => {
  const { get, pass, fetches } = aSource("old", down, "new");
  await get();
  pass(hour);
  for (let n = 0; n < 20; n += 1) expect(await get()).toBe("old");
  expect(fetches()).toBe(2);
});

test("one that was never had fails whoever needs it, and the next asks again", async () => {
  const { get, fetches, faults } = aSource(down, down, "first");
  const together = await Promise.allSettled([get(), get()]);
  expect(together.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(get()).rejects.toThrow("down");
  expect(await get()).toBe("first");
  expect(fetches()).toBe(3);
  expect(faults).toEqual([]);
});

test("whoever finds it wrong gets it anew at once, but not again and again", async () => {
  const { get, fresh, pass, fetches } = aSource("old", "new");
  await get();
  pass(5 * second);
  expect(await fresh()).toBe("new");
  for (let n = 0; n < 20; n += 1) expect(await fresh()).toBe("new");
  expect(await get()).toBe("new");
  expect(fetches()).toBe(2);
});

test("anew where it cannot be had is a failure, and the old one stays for the others", async () => {
  const { get, fresh, pass } = aSource("old", down);
  await get();
  pass(5 * second);
  await expect(fresh()).rejects.toThrow("down");
  expect(await get()).toBe("old");
});
