import { expect, test } from "vitest";
import type { Account } from "../../lib/account/account.ts";
import { writeAccount } from "../../lib/account/read-account.ts";
import { accountBytesAtMost, largestAccountBytes } from "../../lib/settings/account-size.ts";
import { changeLimits } from "../../lib/settings/change-limits.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { tidyAccount } from "../../lib/whole-account/tidy-account.ts";
import { defaultLimits, type Limits } from "../../lib/settings/limits.ts";
import { anAccount } from "../support/account.ts";
import { anAuthenticator, codeAt } from "../support/authenticator.ts";
import { aStory } from "../support/story.ts";
import { hour, minute, noon, second } from "../support/time.ts";
import { aFullAccount } from "../support/full-account.ts";

/** Of the account's text; keys, version and format of its item are another 300. */
const bytes = (account: Account) => Buffer.byteLength(writeAccount(account)) + 300;

const phc = `$argon2id$v=19$m=19456,t=2,p=1$${"s".repeat(22)}$${"h".repeat(43)}`;

/** An account with one app, as it is after so many sign-ins of one browser, each saved tidily. */
const afterSignIns = (count: number, apart: number) => {
  const story = aStory(anAccount({ password: phc, authenticators: [anAuthenticator("phone")] }));
  const tidy = () =>
    story.decide((one, context) => ({ account: tidyAccount(one, context), outcome: undefined }));
  for (let n = 0; n < count; n += 1) {
    story.wait(apart);
    const challenge = story.open();
    tidy();
    story.totp(challenge, codeAt(story.now()));
    tidy();
  }
  return story;
};

test("an account with one app and twelve sign-ins behind it takes 2.5 KB at most", () => {
  for (const apart of [30 * second, 5 * minute, hour, 30 * hour]) {
    const story = afterSignIns(12, apart);
    expect(bytes(story.account()), `${apart} apart`).toBeLessThanOrEqual(2560);
  }
});

test("ten minutes after a second step its account holds nothing of it but an entry", () => {
  const story = afterSignIns(3, minute);
  story.wait(10 * minute);
  story.decide((one, context) => ({ account: tidyAccount(one, context), outcome: undefined }));
  expect(story.account().challenges).toEqual([]);
  expect(story.account().activity.signIns).toMatchObject([{ event: "signed_in", times: 3 }]);
});

test("the largest account that limits allow takes 100 KB at most", () => {
  const largest = bytes(aFullAccount(defaultLimits));
  expect(largest).toBeLessThanOrEqual(largestAccountBytes);
  expect(accountBytesAtMost(defaultLimits)).toBeLessThanOrEqual(largestAccountBytes);
});

test.each<[string, Parameters<typeof changeLimits>[0]]>([
  ["the default limits", {}],
  ["more factors", { totp: { authenticators: 9 }, phones: { numbers: 9 } }],
  ["fewer of everything", { challenge: { open: 1 }, activityEntries: 5 }],
  ["many entries", { activityEntries: 30, challenge: { open: 2 } }],
  ["more sends", { sends: { calls: 8, sms: 3 } }],
  ["other budgets", { sends: { calls: 9, sms: 9 }, challenge: { open: 2, perHour: 60 } }],
])("the bound is above the largest account with %s", (_, changed) => {
  const limits: Limits = changeLimits(changed);
  expect(accountBytesAtMost(limits)).toBeGreaterThanOrEqual(bytes(aFullAccount(limits)));
});

test.each([
  { challenge: { open: 20 } },
  { telegram: { accounts: 60 } },
  { activityEntries: 400 },
  { recoveryCodes: { count: 2_000 } },
])("limits that let an account outgrow its item are refused: %j", (changed) => {
  expect(() => changeLimits(changed)).toThrow(/an account could take \d+ bytes/);
});

test("however many second steps a stranger opens and leaves, the account stays small", () => {
  const story = aStory(anAccount({ authenticators: [anAuthenticator("phone")] }));
  for (let n = 0; n < 200; n += 1) {
    story.wait(4 * minute);
    story.decide((one, context) => {
      const { numbers } = { numbers: ["12", "34", "56"] as const };
      const id = `chal_${n}` as Parameters<typeof story.totp>[0];
      const client = { ip: `192.0.2.${n}`, device: "Firefox on Windows" };
      const asked = { id, secretHash: "h", client, sessionId: null, handoff: null, numbers };
      const opened = openWithPrompt(one, asked, context);
      return { ...opened, account: tidyAccount(opened.account, context) };
    });
  }
  expect(noon).toBeLessThan(story.now());
  expect(bytes(story.account())).toBeLessThan(8_000);
});
