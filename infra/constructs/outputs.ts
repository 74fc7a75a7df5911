import { CfnOutput } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { emptyCredentials } from "../settings/carriers.ts";
import { callStatusPath } from "../settings/routes.ts";
import type { ActivityBus } from "./activity-bus.ts";
import type { AccountsTable } from "./accounts-table.ts";
import type { ServiceApi } from "./http-api.ts";
import type { Fallback } from "./fallback.ts";
import type { Pages } from "./pages.ts";
import type { Secrets } from "./secrets.ts";
import type { TelegramBot } from "./telegram-bot.ts";

export type OutputsParts = {
  api: ServiceApi;
  pages: Pages | undefined;
  accounts: AccountsTable;
  secrets: Secrets;
  bot: TelegramBot;
  fallback: Fallback;
  activityBus: ActivityBus;
};

/** Tells the deployer where everything is, and what is left to do. */
export function addOutputs(scope: Construct, parts: OutputsParts): void {
  const { api, pages, accounts, secrets, bot, fallback, activityBus } = parts;
  const output = (name: string, value: string, description: string) => {
    const made = new CfnOutput(scope, name, { value, description });
    made.overrideLogicalId(name);
  };

  output("ApiUrl", api.url, "Where the API answers");
  if (pages)
    output("PagesUrl", pages.url, "The panel page, the elements' modules, and the API beside them");
  output("TableName", accounts.tableName, "Accounts, sessions, budgets and grants");
  output("LookupKeySecret", secrets.lookupKey.secretArn, "Keys mails and addresses");
  output("TotpKeySecret", secrets.totpKey.secretArn, "Seals authenticator secrets");
  output("RecoveryKeySecret", secrets.recoveryKey.secretArn, "Keys recovery codes");
  output("CodesKeySecret", secrets.codesKey.secretArn, "Derives the codes of calls and SMS");
  output(
    "TelegramBotTokenSecret",
    secrets.telegramBotToken.secretArn,
    "Put the bot's token here, then call take_up_bot (docs/deploy.md)",
  );
  output(
    "TelegramWebhookSecret",
    secrets.telegramWebhookSecret.secretArn,
    "What Telegram sends along with every update",
  );
  output("TelegramStatus", bot.status, "How things stand with Telegram");
  output(
    "CarrierCredentialsSecret",
    secrets.carrierCredentials.secretArn,
    `Put the credentials of your carriers here, ${emptyCredentials()}, then deploy with phones`,
  );
  output(
    "CallStatusUrl",
    `${api.url}${callStatusPath}`,
    "Where carriers report calls, with the carrier's name in place of {carrier}",
  );
  output("ActivityBusName", activityBus.name, "Tells every entry of recent activity to your rules");
  output("FallbackArn", fallback.arn, "Keeps time for calls and SMS");
  output(
    "NextStep",
    "Map a custom domain of the panel's own site onto the API (cookies are SameSite=Lax), then allow the host's IAM role execute-api:Invoke on /v1/accounts/* and /v1/grants/*.",
    "What to do now",
  );
}
