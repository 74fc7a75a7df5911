import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyLanguage, type Locale } from "../../lib/settings/languages.ts";
import type { Catalogue, Ending, SignIn } from "../../lib/telegram/messages/catalogue.ts";
import { catalogues } from "../../lib/telegram/messages/messages.ts";
import { maskedEmail, signInText } from "../../lib/telegram/sign-in-text.ts";
import { parseHtml } from "../../local/devices/telegram/wire/html.ts";
import { anAccount } from "../support/account.ts";
import { aChallenge } from "../support/challenge.ts";
import { at } from "../support/time.ts";

const languages = everyLanguage;

/** A message as people see it, by Telegram's own rules for HTML. */
const seen = (html: string): string => {
  const parsed = parseHtml(html);
  if ("invalid" in parsed) throw new Error(`${parsed.invalid} in ${html}`);
  return parsed.text;
};

const endingsBy = (by: string): Ending[] => [
  { kind: "approved", by },
  { kind: "denied", by },
  { kind: "elsewhere" },
  { kind: "expired" },
  { kind: "cancelled" },
  { kind: "locked" },
];

/** Everything that a catalogue says in HTML, named. */
const messages = (texts: Catalogue, signIn: SignIn, by: string): [string, string][] => [
  ["prompt", texts.prompt(signIn)],
  ...endingsBy(by).map((ending): [string, string] => [ending.kind, texts.closed(signIn, ending)]),
  ["linkAnswered", texts.linkAnswered(signIn.service, signIn.account)],
  ["linkInvalid", texts.linkInvalid],
  ["help", texts.help(signIn.service)],
];
/** And everything that it says plainly. */
const plain = ({ notMe, notice, commands }: Catalogue): [string, string][] => [
  ["notMe", notMe],
  ...Object.entries(notice),
  ...Object.entries(commands),
];

const markers: SignIn = {
  service: "%service%",
  account: "%account%",
  device: "%device%",
  ip: "%ip%",
  time: "%time%",
};
const signInMarkers = Object.values(markers);
const used: Readonly<Record<string, readonly string[]>> = {
  prompt: signInMarkers,
  approved: [...signInMarkers, "%by%"],
  denied: [...signInMarkers, "%by%"],
  elsewhere: signInMarkers,
  expired: signInMarkers,
  cancelled: signInMarkers,
  locked: signInMarkers,
  linkAnswered: ["%service%", "%account%"],
  linkInvalid: [],
  help: ["%service%"],
};

/** What people, hosts and browsers may put into a message. */
const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "<b>",
    "</b>",
    "&amp;",
    "&",
    '<a href="tg://user?id=1">x</a>',
    "%s${0}",
    "\\n`",
    "</",
  ),
);
const anySignIn = fc.record<SignIn>({
  service: value,
  account: value,
  device: value,
  ip: value,
  time: value,
});

describe.each(languages)("in %s", (language) => {
  const texts = catalogues[language];

  test("each message uses every value that it is given, once, and no other", () => {
    for (const [name, html] of messages(texts, markers, "%by%")) {
      expect([...html.matchAll(/%\w+%/g)].map(([marker]) => marker).sort(), name).toEqual(
        [...(used[name] ?? [])].sort(),
      );
    }
  });

  test("whatever the values are, Telegram reads the message and shows them as they are", () => {
    fc.assert(
      fc.property(anySignIn, value, (signIn, by) => {
        for (const [name, html] of messages(texts, signIn, by)) {
          const text = seen(html);
          for (const marker of used[name] ?? []) {
            const field = marker.replaceAll("%", "");
            expect(text).toContain(field === "by" ? by : signIn[field as keyof SignIn]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("values bring no markup of their own: a message has what its catalogue gives it", () => {
    const marked = (signIn: SignIn, by: string) =>
      messages(texts, signIn, by).map(([, html]) => {
        const parsed = parseHtml(html);
        return "invalid" in parsed ? parsed : parsed.entities.map(({ type }) => type);
      });
    const hostile = { ...markers, service: "<b>x</b><i>y</i>", device: "<a href='x'>z</a>" };
    expect(marked(hostile, "<code>w</code>")).toEqual(marked(markers, "%by%"));
  });

  test("the longest values fit into Telegram's 4096 characters with room to spare", () => {
    const long = "W".repeat(256);
    const signIn = { service: long, account: long, device: long, ip: long, time: long };
    for (const [, html] of messages(texts, signIn, long)) {
      expect(seen(html).length).toBeLessThan(2048);
    }
  });

  test("plain texts have no markup, which Telegram would show as it is, and fit where they go", () => {
    for (const [, text] of plain(texts)) {
      expect(text).not.toMatch(/[<>&]|\n/);
      expect(text.length).toBeLessThanOrEqual(64);
    }
  });

  test("no two texts are the same, none is empty, and none has blanks at its ends or two in a row", () => {
    const all = [...messages(texts, markers, "%by%"), ...plain(texts)].map(([, text]) => text);
    expect(new Set(all).size).toBe(all.length);
    for (const text of all) {
      expect(text).not.toBe("");
      expect(text).toBe(text.trim());
      expect(text).not.toMatch(/ {2}| \n|\n{3}|undefined|\[object/);
    }
  });
});

test("every language has the same texts, and no two languages say one alike", () => {
  const of = (language: Locale) =>
    new Map([...messages(catalogues[language], markers, "%by%"), ...plain(catalogues[language])]);
  const [en, uk, ru] = [of("en"), of("uk"), of("ru")];
  expect([...uk.keys()]).toEqual([...en.keys()]);
  expect([...ru.keys()]).toEqual([...en.keys()]);
  for (const name of en.keys()) {
    expect(new Set([en.get(name), uk.get(name), ru.get(name)]).size, name).toBe(3);
  }
});

test("each language keeps to its own letters", () => {
  const letters = (language: Locale) =>
    [...messages(catalogues[language], markers, "%by%"), ...plain(catalogues[language])]
      .map(([, text]) => text.replace(/%\w+%|<\/?b>|Telegram/g, ""))
      .join("\n");
  expect(letters("en")).not.toMatch(/\p{Script=Cyrillic}/u);
  expect(letters("uk")).not.toMatch(/[ыэъё]|[A-Za-z]/i);
  expect(letters("ru")).not.toMatch(/[іїєґ’]|[A-Za-z]/i);
});

test.each([
  ["en", "24 Nov 2026, 09:05 UTC"],
  ["uk", "24 лист. 2026 р., 09:05 UTC"],
  ["ru", "24 нояб. 2026 г., 09:05 UTC"],
] as const)("in %s the time of a sign-in reads %s", (language, time) => {
  const challenge = aChallenge({ openedAt: at("2026-11-24T09:05:30Z") });
  const text = signInText(anAccount(), challenge, "Twostep", language);
  expect(text).toEqual({
    service: "Twostep",
    account: "a•••@example.com",
    device: "Firefox on Linux",
    ip: "192.0.2.7",
    time,
  });
});

test.each([
  ["ann@example.com", "a•••@example.com"],
  ["a@b.c", "a•••@b.c"],
  ['"a@b"@example.com', '"•••@example.com'],
  ["", "•••"],
])("the mail %s is shown as %s", (email, masked) => {
  expect(maskedEmail(email)).toBe(masked);
});
