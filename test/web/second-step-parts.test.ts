import { expect, test } from "vitest";
import { readServerClock, secondsUntil } from "../../web/client/server-clock.ts";
import { caretAfter, codeDigits } from "../../web/parts/code-digits.ts";
import { duration } from "../../web/parts/duration.ts";
import { memoryIn } from "../../web/parts/memory.ts";
import { completionKeys } from "../../web/client/step-keys.ts";
import { inSeconds, noon } from "./support/challenge.ts";
import { fakeClient, ok } from "./support/fake-client.ts";

test("a pasted code is its digits, and no more of them than it has", () => {
  expect(codeDigits(" 492 039 ", 6)).toBe("492039");
  expect(codeDigits("492-0391", 6)).toBe("492039");
  expect(codeDigits("code: 48x21", 4)).toBe("4821");
  // Another script's digits are refused by the service: they are not taken for typed ones here either.
  expect(codeDigits("٤٩٢٠٣٩", 6)).toBe("");
});

test("the caret stays where the person types", () => {
  expect(caretAfter("49x2039", 3, 6)).toBe(2);
  expect(caretAfter("492039", 6, 6)).toBe(6);
});

test("a duration has its two largest units, in the language's words", () => {
  expect(duration(150, "en")).toBe("2 min 30 sec");
  expect(duration(23, "en")).toBe("23 sec");
  expect(duration(60, "en")).toBe("1 min");
  expect(duration(3661, "en")).toBe("1 hr 1 min");
  expect(duration(0, "en")).toBe("0 sec");
  expect(duration(150, "ru")).toBe("2 мин 30 с");
  expect(duration(150, "uk")).toBe("2 хв 30 с");
});

test("the service's time is taken from the middle of the request, and goes on without the computer's", async () => {
  const { client, answer } = fakeClient();
  answer("readTime", ok({ now: inSeconds(0) }));
  const times = [1000, 3000, 12_000];
  const clock = await readServerClock(client, undefined, () => times.shift() ?? 0);
  expect(clock?.now()).toBe(noon + 10_000);
  expect(await readServerClock(fakeClient().client)).toBeUndefined();
});

test("seconds until a time are whole, and none where it is past or unknown", () => {
  expect(secondsUntil(inSeconds(20), noon)).toBe(20);
  expect(secondsUntil(inSeconds(20), noon + 100)).toBe(20);
  expect(secondsUntil(noon, noon + 1)).toBe(0);
  expect(secondsUntil(inSeconds(20), undefined)).toBe(0);
});

test("a browser that forbids its memory remembers nothing, and nobody fails for it", () => {
  const memory = memoryIn(() => {
    throw new Error("SecurityError");
  });
  memory.write("a", "b");
  expect(memory.read("a")).toBeUndefined();
  const key = completionKeys(memory, () => "key-1");
  expect([key("chal_1"), key("chal_1")]).toEqual(["key-1", "key-1"]);
});
