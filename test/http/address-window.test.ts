import { expect, test } from "vitest";
import { signIn } from "../support/service-people.ts";
import { startService } from "../support/service.ts";

const service = await startService();
const { clock } = service;

test("an address has a hundred tries in any ten minutes, not in those of the clock on the wall", async () => {
  const browser = service.browser();
  const burst = async () => {
    const replies = [];
    for (let i = 0; i < 100; i += 1) {
      replies.push(
        await signIn({ id: "", email: `nobody-${i}@example.com`, password: "wrong" }, browser),
      );
    }
    return replies.filter(({ code }) => code === "invalid_credentials").length;
  };
  // 10:09:59, then 10:10:00.
  clock.advance(599);
  const before = await burst();
  clock.advance(1);
  expect(before + (await burst())).toBeLessThanOrEqual(100);
});
