import * as accounts from "../../lib/contract/accounts.ts";
import * as challenge from "../../lib/contract/challenge.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import * as health from "../../lib/contract/health.ts";
import * as phones from "../../lib/contract/phones.ts";
import * as recoveryCodes from "../../lib/contract/recovery-codes.ts";
import * as security from "../../lib/contract/security.ts";
import * as sessions from "../../lib/contract/sessions.ts";
import * as signIn from "../../lib/contract/sign-in.ts";
import * as telegram from "../../lib/contract/telegram.ts";
import * as time from "../../lib/contract/time.ts";
import * as totp from "../../lib/contract/totp.ts";

type Tag = { readonly name: string; readonly description: string };

/** The tag of the routes that Telegram and carriers call. */
export const webhookTag: Tag = {
  name: "Webhooks",
  description:
    "What Telegram and carriers call. Their forms are theirs; nothing here completes a sign-in by itself.",
};

const areas: readonly (Tag & { readonly contracts: Readonly<Record<string, Contract>> })[] = [
  { name: "Sign-in", description: "The first step: mail and password.", contracts: signIn },
  {
    name: "Challenge",
    description: "The second step under way in this browser: read, answer, complete or cancel it.",
    contracts: challenge,
  },
  {
    name: "Sessions",
    description: "Who is signed in, where, and the password; re-authentication.",
    contracts: sessions,
  },
  {
    name: "Security",
    description: "What the Security tab shows. Each change of a factor answers the same view.",
    contracts: security,
  },
  { name: "Authenticator apps", description: "Codes of an app (TOTP).", contracts: totp },
  {
    name: "Telegram",
    description: "Linked Telegram accounts, which confirm a sign-in in the bot.",
    contracts: telegram,
  },
  {
    name: "Phones",
    description: "Numbers of the fallback: a call, a call again, or an SMS.",
    contracts: phones,
  },
  {
    name: "Recovery codes",
    description: "Ten codes for the day on which nothing else is at hand.",
    contracts: recoveryCodes,
  },
  {
    name: "Health",
    description: "Whether the service can decide anything, for monitors.",
    contracts: health,
  },
  { name: "Time", description: "The server's clock, to compare a phone's with.", contracts: time },
  {
    name: "Host",
    description: "What a host's back end calls, signed with an IAM identity.",
    contracts: accounts,
  },
];

/** The areas of the API in the order in which a reader meets them. */
export const tags: readonly Tag[] = [
  ...areas.map(({ name, description }) => ({ name, description })),
  webhookTag,
];

/** The tag of a route. Throws if the route's area has no tag. */
export const tagOf = (contract: Contract): string => {
  const area = areas.find(({ contracts }) => Object.values(contracts).includes(contract));
  if (!area) throw new Error(`Write down the area of ${contract.operation} in tags.ts.`);
  return area.name;
};
