import { describe, expect, test } from "vitest";
import { everyLanguage } from "../../../lib/settings/languages.ts";
import type { FieldError } from "../../../lib/contract/problems.ts";
import { eventText } from "../../../web/security/activity-card.ts";
import { codesText } from "../../../web/security/codes-file.ts";
import { deviceName } from "../../../web/security/device-name.ts";
import { ago, countdown, within } from "../../../web/security/moments.ts";
import { isOfField, problemText } from "../../../web/security/problem-text.ts";
import { adviceFor } from "../../../web/security/summary.ts";
import { en } from "../../../web/security/texts/en.ts";
import { textsIn } from "../../../web/security/texts.ts";
import { aNumber, anApp, aView } from "./scripted-client.ts";

const languages = everyLanguage;

/** Every text by its path; functions are called with something, so that what they say is seen. */
const leaves = (value: unknown, path = ""): [string, string][] => {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function")
    return [[path, String(Reflect.apply(value, undefined, [2, "x"]))]];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
};

describe("texts", () => {
  test.each(languages)("are complete in %s", (language) => {
    const texts = leaves(textsIn[language]);
    expect(texts.map(([path]) => path)).toEqual(leaves(en).map(([path]) => path));
    for (const [path, text] of texts) expect(text.trim(), path).not.toBe("");
  });

  test.each(["uk", "ru"] as const)("are all in %s", (language) => {
    const latin = leaves(textsIn[language]).filter(([, text]) => !/[а-яіїєґ]/i.test(text));
    expect(latin.map(([path]) => path)).toEqual([".telegram.title", ".device.on"]);
  });

  test("count as people do", () => {
    expect([1, 2].map(en.codes.left)).toEqual(["1 code left", "2 codes left"]);
    expect(textsIn.ru.codes.left(1)).toBe("Осталось кодов: 1");
    expect(textsIn.uk.problems.triesLeft(2)).toBe(" Залишилося спроб: 2.");
    const counts = [2, 5, 21, 22];
    const times = (language: "uk" | "ru") => counts.map(textsIn[language].activity.times);
    expect(counts.map(en.activity.times)).toEqual(
      counts.map((count) => `${count} times, the last`),
    );
    expect(times("uk")).toEqual(
      ["2 рази", "5 разів", "21 раз", "22 рази"].map((said) => `${said}, востаннє`),
    );
    expect(times("ru")).toEqual(
      ["2 раза", "5 раз", "21 раз", "22 раза"].map((said) => `${said}, последний`),
    );
  });
});

test("an event that nobody has worded yet gets a neutral sentence", () => {
  expect(eventText({ event: "totp_enabled" }, en)).toBe("Authenticator app added");
  expect(eventText({ event: "passkey_added" }, en)).toBe(en.activity.other);
  expect(eventText({ event: "constructor" }, en)).toBe(en.activity.other);
});

test("a sign-in says what it was done with, unless nobody has worded that yet", () => {
  const signedIn = (method?: string) =>
    eventText({ event: "signed_in", ...(method && { method }) }, en);
  expect(signedIn("call")).toBe("Signed in by call");
  expect(signedIn("passkey")).toBe("Signed in");
  expect(signedIn("constructor")).toBe("Signed in");
  expect(signedIn()).toBe("Signed in");
  expect(eventText({ event: "signed_in", method: "telegram" }, textsIn.uk)).toBe(
    "Виконано вхід через Telegram",
  );
  // "It is you by call" is nothing that anybody says.
  expect(eventText({ event: "reauthenticated", method: "call" }, en)).toBe(
    "Confirmed that it is you",
  );
});

describe.each(languages)("a new password that is refused is told why in %s", (language) => {
  const { problems: say } = textsIn[language];
  const told = (reason?: string) => {
    const errors = [{ pointer: "/password", detail: "no", ...(reason && { reason }) }];
    return problemText(
      { kind: "invalid_request", errors: errors as FieldError[] },
      textsIn[language],
      language,
      { kind: "password", step: "new" },
    );
  };

  test.each([
    [undefined, say.passwordForm],
    ["too_common", say.passwordEasy],
    ["repeated", say.passwordEasy],
    ["sequence", say.passwordEasy],
    ["contains_mail", say.passwordNames],
    ["contains_service_name", say.passwordNames],
    ["looks_like_hash", say.passwordHash],
    ["a_reason_of_later", say.passwordEasy],
  ])("%s", (reason, text) => {
    expect(told(reason)).toBe(text);
  });
});

test("devices are told in the reader's language", () => {
  expect(deviceName("Firefox on Windows", textsIn.ru)).toBe("Firefox, Windows");
  expect(deviceName("Unknown browser on iOS", textsIn.uk)).toBe("Невідомий браузер, iOS");
  expect(deviceName("Unknown device", textsIn.ru)).toBe("Неизвестное устройство");
});

test("times are told in words, never in the future when a clock disagrees", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");
  expect(ago("2026-11-24T10:00:30Z", now, "en")).toBe("now");
  expect(ago("2026-11-24T07:00:00Z", now, "en")).toBe("3 hours ago");
  expect(within(61, "en")).toBe("in 2 minutes");
  expect(within(60, "en")).toBe("in 60 seconds");
  expect(countdown(65)).toBe("1:05");
});

describe("advice", () => {
  const one = aView({ secondStep: true, authenticators: [anApp("x")] });
  test("is to have two methods and recovery codes", () => {
    expect(adviceFor(aView())).toEqual([]);
    expect(adviceFor(one)).toEqual(["second_method", "no_codes"]);
  });
  test("reminds of codes that run out", () => {
    const recoveryCodes = { left: 3, createdAt: "2026-11-24T10:00:00Z" };
    const phones = { active: true, numbers: [aNumber("p")] };
    expect(adviceFor({ ...one, phones, recoveryCodes })).toEqual(["few_codes"]);
    expect(adviceFor({ ...one, phones, recoveryCodes: { ...recoveryCodes, left: 4 } })).toEqual([]);
  });
});

describe("refusals", () => {
  test("say by how much a phone's clock is off, and which way", () => {
    const clock = { offsetSeconds: -150, serverTime: "2026-11-24T10:00:00Z" };
    const text = problemText({ kind: "wrong_code", clock }, en, "en");
    expect(text).toContain("2 min 30 sec behind");
  });
  test("say how long to wait, and belong to a field only where typing is to blame", () => {
    const paused = { kind: "too_many_attempts", retryAfter: 120 } as const;
    expect(problemText(paused, en, "en")).toContain("in 2 minutes");
    expect(isOfField(paused)).toBe(false);
    expect(isOfField({ kind: "wrong_code" })).toBe(true);
  });
});

test("a file of recovery codes says where they belong, and has one a line", () => {
  expect(codesText(["a", "b"], en.codes, "id.example.com")).toBe(
    "Recovery codes · id.example.com\r\n\r\na\r\nb\r\n",
  );
});
