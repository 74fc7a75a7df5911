import { expect, test } from "vitest";
import { storeHealth } from "../../lib/runtime/store-health.ts";

const aStore = () => {
  const time = { now: 0 };
  const logged: unknown[] = [];
  const store = { down: false, asked: 0 };
  const isHealthy = storeHealth(
    () => {
      store.asked += 1;
      return store.down ? Promise.reject(new Error("quotes a key")) : Promise.resolve();
    },
    {
      now: () => time.now,
      log: { error: (message, fields) => void logged.push([message, fields]) },
    },
  );
  return { time, logged, store, isHealthy };
};

test("callers at the same time, and within five seconds, cost the store one question", async () => {
  const { time, store, isHealthy } = aStore();
  expect(await Promise.all(Array.from({ length: 50 }, isHealthy))).not.toContain(false);
  time.now = 4999;
  await isHealthy();
  expect(store.asked).toBe(1);
  time.now = 5000;
  await isHealthy();
  expect(store.asked).toBe(2);
});

test("a store that does not answer is told so after five seconds at most, and back as soon", async () => {
  const { time, logged, store, isHealthy } = aStore();
  expect(await isHealthy()).toBe(true);
  store.down = true;
  time.now = 5000;
  expect(await isHealthy()).toBe(false);
  expect(logged).toMatchObject([["health_failed", { fault: "Error" }]]);
  expect(JSON.stringify(logged)).not.toContain("quotes");
  store.down = false;
  expect(await isHealthy()).toBe(false);
  time.now = 10_000;
  expect(await isHealthy()).toBe(true);
});
