import { CfnOutput, Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { AccountsTable } from "./constructs/accounts-table.ts";
import { ServiceApi } from "./constructs/http-api.ts";
import { Secrets } from "./constructs/secrets.ts";
import { ServiceFunctions } from "./constructs/service-functions.ts";
import { Settings } from "./constructs/settings.ts";
import { TelegramBot } from "./constructs/telegram-bot.ts";
import { telegramSenderTimeoutSeconds } from "./constructs/telegram-functions.ts";
import { TelegramQueue } from "./constructs/telegram-queue.ts";

export type TwostepStackProps = StackProps & { bundleDirectory: string };

/** The whole service: one table, one secret for each purpose, one queue, the functions, and the HTTP API before them. */
export class TwostepStack extends Stack {
  constructor(scope: Construct, id: string, props: TwostepStackProps) {
    super(scope, id, props);
    const settings = new Settings(this, "Settings");
    const accounts = new AccountsTable(this, "Accounts");
    const secrets = new Secrets(this, "Secrets");
    const telegramQueue = new TelegramQueue(this, "Telegram", {
      consumerTimeoutSeconds: telegramSenderTimeoutSeconds,
    });
    const functions = new ServiceFunctions(this, "Functions", {
      bundleDirectory: props.bundleDirectory,
      settings,
      accounts,
      secrets,
      telegramQueue,
    });
    telegramQueue.deliverTo(functions.byName["telegram-sender"]);
    const api = new ServiceApi(this, "Api", { settings, functions: functions.byName });
    const bot = new TelegramBot(this, "TelegramBot", {
      setup: functions.byName["telegram-setup"],
      settings,
      api,
    });

    this.output("ApiUrl", api.url, "Where the API answers");
    this.output("TableName", accounts.tableName, "Accounts, sessions, budgets and grants");
    this.output("LookupKeySecret", secrets.lookupKey.secretArn, "Keys mails and addresses");
    this.output("TotpKeySecret", secrets.totpKey.secretArn, "Seals authenticator secrets");
    this.output("RecoveryKeySecret", secrets.recoveryKey.secretArn, "Keys recovery codes");
    this.output(
      "TelegramBotTokenSecret",
      secrets.telegramBotToken.secretArn,
      "Put the bot's token here, then deploy with TelegramBotUsername",
    );
    this.output("TelegramStatus", bot.status, "How things stand with Telegram");
    this.output(
      "NextStep",
      "Map a custom domain of the panel's own site onto the API (cookies are SameSite=Lax), then allow the host's IAM role execute-api:Invoke on /v1/accounts/* and /v1/grants/*.",
      "What to do now",
    );
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
