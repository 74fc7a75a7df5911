import { describe, expect, test } from "vitest";
import { toldEvents, type ToldEvent } from "../../lib/telegram/told-activity.ts";
import { everyLanguage } from "../../lib/settings/languages.ts";
import type { Ending, SignIn } from "../../lib/telegram/messages/catalogue.ts";
import { catalogues } from "../../lib/telegram/messages/messages.ts";
import { notices } from "../../lib/telegram/messages/notices/notices.ts";
import { maskedEmail } from "../../lib/telegram/sign-in-text.ts";
import { telegramUser } from "../../lib/telegram/user.ts";

const signIn: SignIn = {
  service: "Ann & Bob <Hosting>",
  account: "a•••@example.com",
  device: "Firefox on Windows",
  ip: "203.0.113.7",
  time: "24 Nov 2026, 10:00 UTC",
};
const endings: Ending[] = [
  { kind: "approved", by: "Ann <b>" },
  { kind: "denied", by: "Ann <b>" },
  { kind: "elsewhere" },
  { kind: "expired" },
  { kind: "cancelled" },
  { kind: "locked" },
];

const allTold: ToldEvent[] = [...toldEvents, "signed_in_by_call", "signed_in_by_sms"];

describe.each(everyLanguage)("in %s", (language) => {
  const texts = catalogues[language];
  const all = [
    texts.prompt(signIn),
    ...endings.map((ending) => texts.closed(signIn, ending)),
    texts.linkAnswered(signIn.service, signIn.account),
    texts.linkInvalid,
    texts.help(signIn.service),
    ...allTold.map((event) => notices[language](event, signIn)),
  ];

  test("every message is HTML as Telegram reads it: our tags alone, the rest escaped, short", () => {
    for (const text of all) {
      expect(text.replace(/<\/?b>/g, "").replace(/&(amp|lt|gt|quot);/g, "")).not.toMatch(/[<>&]/);
      expect(text.match(/<b>/g)?.length).toBe(text.match(/<\/b>/g)?.length);
      expect(text.length).toBeLessThan(1000);
    }
  });

  test("a request says which account, from where and when; its ending says the same and what happened", () => {
    const settled = endings.map((ending) => texts.closed(signIn, ending));
    for (const text of [texts.prompt(signIn), ...settled]) {
      for (const part of [signIn.account, signIn.device, signIn.ip, signIn.time]) {
        expect(text).toContain(part);
      }
    }
    expect(new Set(settled).size).toBe(endings.length);
    expect(settled[0]).toContain("Ann &lt;b&gt;");
  });

  test("a notice says what happened, to which account, from where and when, and what to do; it has no link", () => {
    const told = allTold.map((event) => notices[language](event, signIn));
    for (const text of told) {
      for (const part of [signIn.account, signIn.device, signIn.ip, signIn.time]) {
        expect(text).toContain(part);
      }
      const [heading = "", , advice = ""] = text.split("\n\n");
      expect(heading).toContain("Ann &amp; Bob &lt;Hosting&gt;: ");
      expect(advice).toMatch(/If this was not you|Якщо це були не ви|Если это были не вы/);
      expect(advice).toMatch(/password|пароль/);
      expect(advice).toContain("Ann &amp; Bob &lt;Hosting&gt;");
      expect(text).not.toMatch(/href|https?:|www/);
    }
    expect(new Set(told).size).toBe(allTold.length);
  });

  test("what Telegram flashes fits its 200 characters", () => {
    for (const notice of Object.values(texts.notice)) expect(notice.length).toBeLessThan(200);
    expect(texts.notMe.length).toBeLessThan(30);
  });
});

test("no text is left in another language", () => {
  for (const languages of [
    ["en", "uk"],
    ["uk", "ru"],
    ["en", "ru"],
  ] as const) {
    const pair = [catalogues[languages[0]], catalogues[languages[1]]] as const;
    expect(pair[0].notMe).not.toBe(pair[1].notMe);
    expect(pair[0].prompt(signIn)).not.toBe(pair[1].prompt(signIn));
    for (const ending of endings) {
      expect(pair[0].closed(signIn, ending)).not.toBe(pair[1].closed(signIn, ending));
    }
    for (const event of allTold) {
      expect(notices[languages[0]](event, signIn)).not.toBe(notices[languages[1]](event, signIn));
    }
  }
});

test("a name is shown without what cannot be seen, cut to a line, with the handle where there is one", () => {
  const named = (first_name: string, more = {}) =>
    telegramUser({ id: 1, is_bot: false, first_name, ...more }, everyLanguage).name;
  expect(named("Ann", { last_name: "Lee", username: "ann" })).toBe("Ann Lee (@ann)");
  expect(named("A\u202en\u200bn\n\u0000")).toBe("Ann");
  expect(named("\u200b\u202e")).toBe("Telegram user");
  expect(named("x".repeat(64))).toBe("x".repeat(40));
  expect(named("Ann", { username: "bad name" })).toBe("Ann");
});

test("a mail is told apart, not told", () => {
  expect(maskedEmail("ann.smith@example.com")).toBe("a•••@example.com");
});
