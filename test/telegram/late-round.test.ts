import { expect, test } from "vitest";
import { promptAgain } from "../../lib/telegram/prompt-again.ts";
import { openWithPrompt } from "../../lib/telegram/open-with-prompt.ts";
import { claimSending, recordSent, type SendResult } from "../../lib/telegram/send-prompt.ts";
import { anAccount } from "../support/account.ts";
import { aNewChallenge } from "../support/challenge.ts";
import { aTelegramAccount, telegramWith } from "../support/telegram.ts";
import { context, noon, second } from "../support/time.ts";

const challengeId = aNewChallenge().id;

test.each<SendResult>([{ kind: "failed" }, { kind: "sent", messageId: 101 }])(
  "the late record %j of the first round does not swallow the second, which the person asked for",
  (result) => {
    // The job was late: it claims just before the person asks again.
    const late = context(noon + 29 * second);
    const again = context(noon + 30 * second);
    let { account } = openWithPrompt(
      anAccount({ telegram: telegramWith(1) }),
      aNewChallenge(),
      context(noon),
    );
    account = claimSending(account, { challengeId, round: 1 }, late).account;
    account = promptAgain(account, { challengeId, numbers: ["21", "22", "23"] }, again).account;
    const results = new Map([[aTelegramAccount(1).id, result]]);
    account = recordSent(account, { challengeId, round: 1, results }, again).account;
    expect(claimSending(account, { challengeId, round: 2 }, again).outcome.kind).toBe("send");
  },
);
