import { expect, test } from "vitest";
import { pause } from "../../web/client/watch-challenge.ts";

test("a page asks every second at first, then more and more rarely, never less than every five", () => {
  const pauses = Array.from({ length: 60 }, (_, asked) => pause(asked));
  expect(pauses.slice(0, 20)).toEqual(Array<number>(20).fill(1000));
  expect(pauses.slice(20)).toEqual(pauses.slice(20).toSorted((a, b) => a - b));
  expect(Math.max(...pauses)).toBe(5000);
});
