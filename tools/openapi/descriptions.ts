import type * as z from "zod/mini";
import * as accounts from "../../lib/contract/accounts.ts";
import * as challenge from "../../lib/contract/challenge.ts";
import * as fields from "../../lib/contract/fields.ts";
import * as phones from "../../lib/contract/phones.ts";
import { Challenge, Completed, SecurityView, Sent } from "../../lib/contract/views.ts";
import { within } from "./inner-schemas.ts";

const hosted = accounts.openAccountChallenge.body.shape;
const activity = within(SecurityView.shape.recentActivity).shape;

/** What a reader of `openapi.yaml` must know about a schema besides its form. */
export const descriptions: readonly (readonly [z.core.$ZodType, string])[] = [
  [fields.Email, "A mail address. Blanks around it and capitals do not count."],
  [fields.Password, "A password that is tried: anything that could have been set."],
  [
    fields.NewPassword,
    "8 to 256 characters after NFKC, any of them. Common and guessable ones are refused with a `reason`.",
  ],
  [fields.TotpCode, "Six digits as people type them, with one blank or hyphen among them at most."],
  [
    fields.PhoneCode,
    "The last four digits of the number that called, or the six of the SMS, as people type them.",
  ],
  [
    fields.RecoveryCode,
    "Ten letters and digits. Case, blanks and hyphens do not count; I, L and O are read as digits.",
  ],
  [fields.Name, "1 to 40 characters, none of them invisible. Blanks around it do not count."],
  [fields.Token, "`<account id>.<challenge id>.<secret>`."],
  [challenge.requestCall.body.shape.numberId, "One of `methods.phone.numbers`."],
  [
    challenge.answerTotp.body.shape.replaceSession,
    "The person has been asked: the session of another account in this browser may be replaced.",
  ],
  [
    phones.addPhone.body.shape.number,
    "A number with its country, as people write it. One that cannot be called is `invalid_number`.",
  ],
  [hosted.ip, "The address of the person, as the host sees it."],
  [
    hosted.device,
    "What the person signs in with, in 1 to 60 characters. Blanks around it do not count.",
  ],
  [
    within(hosted.returnTo),
    "Where the person goes back to: a page of an allowed origin, at most 2000 characters, also when it is written in ASCII.",
  ],
  [
    accounts.resetAccount.body.shape.reason,
    "For the host's audit, in 1 to 200 characters. Blanks around it do not count.",
  ],

  [
    SecurityView.shape.passwordKnown,
    "Somebody said that a sign-in with the right password was not theirs, and the password is still the same.",
  ],
  [
    SecurityView.shape.secondStep,
    "On with an authenticator app, or with Telegram enabled and an account linked.",
  ],
  [SecurityView.shape.phones.shape.active, "Only beside Telegram or an authenticator app."],
  [activity.times, "How often lately, where it was more than once; `at` is the last time."],
  [activity.method, "What a completed sign-in was completed with."],

  [Sent, "The last call or SMS, and what comes next."],
  [Sent.shape.next, "Null when no way is left."],
  [
    Challenge.shape.account,
    "Whose sign-in it is, while it can be answered. One that is over tells nothing of the account.",
  ],
  [
    Challenge.shape.returnTo,
    "The host's page that the challenge came from, while it can be answered.",
  ],
  [Challenge.shape.methods, "What the account can use now; empty once it is over."],
  [
    Completed.shape.grant,
    "Only where a host opened the challenge: its back end redeems this, once, within a minute.",
  ],
  [Completed.shape.returnTo, "The host's page to go to, with the grant in its query."],
];
