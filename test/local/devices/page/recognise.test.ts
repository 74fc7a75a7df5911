import { expect, test } from "vitest";
import { recognise } from "../../../../local/devices/page/state/recognise.ts";

test.each([
  ["https://t.me/twostep_local_bot?start=AbC-_9", "twostep_local_bot", "AbC-_9"],
  [" t.me/twostep_local_bot?start=AbC-_9\n", "twostep_local_bot", "AbC-_9"],
  ["https://telegram.me/some_bot", "some_bot", ""],
  ["tg://resolve?domain=some_bot&start=AbC", "some_bot", "AbC"],
])("%j opens a bot", (text, bot, token) => {
  expect(recognise(text)).toEqual({ kind: "telegram_link", bot, token });
});

test("a key and its link are for the authenticator app", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  expect(recognise(secret)).toMatchObject({ kind: "account", account: { secret } });
  expect(recognise(`otpauth://totp/A:b?secret=${secret}`)).toMatchObject({
    kind: "account",
    account: { issuer: "A", name: "b" },
  });
});

test.each(["", "hello", "https://example.com/?start=1", "https://t.me/", "see t.me/some_bot"])(
  "%j is nothing to a phone",
  (text) => {
    expect(recognise(text)).toEqual({ kind: "nothing" });
  },
);
