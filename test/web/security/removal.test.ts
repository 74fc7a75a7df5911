import { describe, expect, test } from "vitest";
import { isOnAfter, remove, type Removal } from "../../../web/security/removal.ts";
import {
  aNumber,
  anAccount,
  anApp,
  aView,
  done,
  refusal,
  scriptedClient,
} from "./scripted-client.ts";

const app = (...ids: string[]): Removal => ({ area: "totp", change: "remove", ids });
const unlink = (id: string): Removal => ({
  area: "telegram",
  change: "unlink",
  ids: [id],
  name: id,
});
const off: Removal = { area: "telegram", change: "off" };

describe("whether the second step stays on", () => {
  const both = aView({
    secondStep: true,
    telegram: { enabled: true, accounts: [anAccount("a")] },
    authenticators: [anApp("x"), anApp("y")],
  });
  const telegramOnly = { ...both, authenticators: [] };
  const appOnly = { ...both, telegram: { enabled: false, accounts: [anAccount("a")] } };

  test.each([
    ["Telegram off beside an app", both, off, true],
    ["Telegram off alone", telegramOnly, off, false],
    ["the only Telegram account unlinked", telegramOnly, unlink("a"), false],
    ["an unused Telegram account unlinked beside an app", appOnly, unlink("a"), true],
    ["one of two apps removed", appOnly, app("x"), true],
    ["all apps removed", appOnly, app("x", "y"), false],
    ["all apps removed beside Telegram", both, app("x", "y"), true],
    [
      "a phone removed",
      telegramOnly,
      { area: "phone", change: "remove", ids: ["p"] } as const,
      true,
    ],
  ])("%s", (_, view, removal, expected) => {
    expect(isOnAfter(view, removal)).toBe(expected);
  });

  test("one of two Telegram accounts unlinked leaves it on", () => {
    const view = aView({
      secondStep: true,
      telegram: { enabled: true, accounts: [anAccount("a"), anAccount("b")] },
    });
    expect(isOnAfter(view, unlink("a"))).toBe(true);
  });
});

test("a refusal in the middle of several removals shows what was removed before it", async () => {
  const left = aView({ secondStep: true, authenticators: [anApp("y")] });
  const { client } = scriptedClient(done(left), refusal(503, "busy"));
  const next = await remove(app("x", "y"))(client);
  expect(next.view).toEqual(left);
  expect(next.problem?.kind).toBe("busy");
  expect(next.flow).toEqual({ kind: "removal", step: "ask", removal: app("x", "y") });
});

test("what is gone already counts as removed", async () => {
  const now = aView({ phones: { active: false, numbers: [aNumber("q")] } });
  const { client, asked } = scriptedClient(refusal(404, "not_found"), done(now));
  const next = await remove({ area: "phone", change: "remove", ids: ["p"] })(client);
  expect(asked).toEqual(["DELETE /v1/phones/p", "GET /v1/security"]);
  expect(next).toEqual({ flow: undefined, view: now, news: "changed" });
});
