import type { Account } from "../account/account.ts";
import { recentActivity } from "../account/note-activity.ts";
import { isoTime } from "../account/factor.ts";
import { secondStepIsOn } from "../account/second-step.ts";
import { showFactors } from "./factors.ts";

/** What the Security tab shows. Nothing in it helps to sign in. */
export const securityView = (account: Account) => ({
  secondStep: secondStepIsOn(account),
  passwordKnown: account.passwordKnownAt !== null,
  ...showFactors("view", account),
  recentActivity: recentActivity(account).map(({ at, event, ip, device, times, method }) => ({
    at: isoTime(at),
    event,
    ip,
    device,
    ...(times !== undefined && { times }),
    ...(method !== undefined && { method }),
  })),
});
