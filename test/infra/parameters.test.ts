import { expect, test } from "vitest";
import * as z from "zod";
import { readCredentials } from "../../lib/phone/carriers/carrier-settings.ts";
import { carrierNames, carriers } from "../../lib/phone/carriers/carriers.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();

const patternOf = (parameter: string) =>
  z.string().parse(template.Parameters[parameter]?.["AllowedPattern"]);

test("without a word phones are off, uCaller would call, and each carrier's API is its own", () => {
  const defaults = {
    AllowedCountries: "",
    CallCarriers: "ucaller",
    SmsSenderId: "",
    UcallerApiRoot: "https://api.ucaller.ru",
    SmsruApiRoot: "https://sms.ru",
    TelnyxApiRoot: "https://api.telnyx.com",
  };
  for (const [parameter, value] of Object.entries(defaults)) {
    expect(template.Parameters[parameter]).toMatchObject({ Type: "String", Default: value });
  }
});

const carrierLists = carrierNames.map((name): [string, string, boolean] => [
  "CallCarriers",
  `${name};KZ=${name}`,
  true,
]);

test.each([
  ...carrierLists,
  ["AllowedOrigins", "https://panel.example.com", true],
  ["AllowedOrigins", "https://panel.example.com:8443", true],
  ["AllowedOrigins", "http://localhost:4000", true],
  ["AllowedOrigins", "http://127.0.0.1", true],
  ["AllowedOrigins", "*", false],
  ["AllowedOrigins", "https://*.example.com", false],
  ["AllowedOrigins", "http://panel.example.com", false],
  ["AllowedOrigins", "https://panel.example.com/", false],
  ["AllowedOrigins", "https://Panel.example.com", false],
  ["AllowedOrigins", "null", false],
  ["TelegramBotUsername", "", true],
  ["TelegramBotUsername", "example_bot", true],
  ["TelegramBotUsername", "@example_bot", false],
  ["TelegramBotUsername", "https://t.me/example_bot", false],
  ["TelegramApiRoot", "https://api.telegram.org", true],
  ["TelegramApiRoot", "https://bots.example.com:8443/telegram", true],
  ["TelegramApiRoot", "http://127.0.0.1:8081", true],
  ["TelegramApiRoot", "http://bots.example.com", false],
  ["TelegramApiRoot", "https://api.telegram.org/", false],
  ["TelegramApiRoot", "https://api.telegram.org?", false],
  ["AllowedCountries", "", true],
  ["AllowedCountries", "all", true],
  ["AllowedCountries", "UA", true],
  ["AllowedCountries", "UA,PL,KZ", true],
  ["AllowedCountries", "ua", false],
  ["AllowedCountries", "UA, PL", false],
  ["AllowedCountries", "all,UA", false],
  ["AllowedCountries", "UA,", false],
  ["CallCarriers", "ucaller", true],
  ["CallCarriers", "ucaller,telnyx", true],
  ["CallCarriers", "ucaller;RU=smsru,ucaller;KZ=ucaller", true],
  ["CallCarriers", "", false],
  ["CallCarriers", "ucalller", false],
  ["CallCarriers", "RU=smsru", false],
  ["CallCarriers", "ucaller;ru=smsru", false],
  ["CallCarriers", "ucaller;RU=", false],
  ["SmsSenderId", "", true],
  ["SmsSenderId", "UA=Twostep", true],
  ["SmsSenderId", "UA=Twostep,KZ=Two-step", true],
  ["SmsSenderId", "Twostep", false],
  ["SmsSenderId", "UA=2468", false],
  ["SmsSenderId", "UA=Two step", false],
  ["SmsSenderId", "UA=TwelveLetter", false],
  ["UcallerApiRoot", "https://api.ucaller.ru", true],
  ["SmsruApiRoot", "http://127.0.0.1:8082/smsru", true],
  ["TelnyxApiRoot", "http://carriers.example.com", false],
  ["TelnyxApiRoot", "https://api.telnyx.com/", false],
] satisfies [string, string, boolean][])("%s may be %j: %s", (parameter, value, taken) => {
  expect(new RegExp(patternOf(parameter)).test(value)).toBe(taken);
});

test("each carrier has a parameter for its API, that may be what it is without a word", () => {
  const roots = Object.entries(template.Parameters).filter(
    ([name]) => name.endsWith("ApiRoot") && name !== "TelegramApiRoot",
  );
  expect(roots.map(([, { Default }]) => Default).sort()).toEqual(
    carrierNames.map((name) => carriers[name].apiRoot).sort(),
  );
  for (const [name, { Default }] of roots) {
    expect(Default).toMatch(new RegExp(patternOf(name)));
  }
});

test("the secret's output shows the fields of every carrier, as the functions read them", () => {
  const output = z
    .object({ Description: z.string() })
    .parse(template.Outputs["CarrierCredentialsSecret"]);
  const [shown = ""] = /\{.*\}/.exec(output.Description) ?? [];
  expect(Object.keys(readCredentials(shown))).toEqual(carrierNames);
});
