import { expect, test } from "vitest";
import { everyLanguage } from "../../lib/settings/languages.ts";
import { phoneWords } from "../../web/second-step/phone-words.ts";
import { en } from "../../web/second-step/texts/en.ts";
import { ru } from "../../web/second-step/texts/ru.ts";
import { uk } from "../../web/second-step/texts/uk.ts";

const texts = { en, ru, uk };
const masked = "+380 ** *** ** 42";

test.each(everyLanguage)("no send is said to be more than it is (%s)", (language) => {
  const words = (via: "call" | "sms", state: "calling" | "sent" | "failed") =>
    phoneWords({ via, state, attempt: 1 }, masked, texts[language]);
  const { phone } = texts[language];
  expect(words("sms", "calling")).toEqual({ title: phone.texting, lead: null });
  expect(words("sms", "sent").title).toBe(phone.texted);
  expect(words("sms", "failed")).toEqual({ title: phone.smsFailed, lead: phone.failedLead });
  expect(words("call", "failed")).toEqual({
    title: phone.callFailed(masked),
    lead: phone.failedLead,
  });
  const titles = (["calling", "sent", "failed"] as const).map((state) => words("sms", state).title);
  expect(new Set(titles).size).toBe(3);
});
