import { Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ActivityBus } from "./constructs/activity-bus.ts";
import { AccountsTable } from "./constructs/accounts-table.ts";
import { ServiceApi } from "./constructs/http-api.ts";
import { Ladder } from "./constructs/ladder.ts";
import { Operations } from "./constructs/operations.ts";
import { addOutputs } from "./constructs/outputs.ts";
import { Pages } from "./constructs/pages.ts";
import { Secrets } from "./constructs/secrets.ts";
import { ServiceFunctions } from "./constructs/service-functions.ts";
import { Settings } from "./constructs/settings.ts";
import { TelegramBot } from "./constructs/telegram-bot.ts";
import { telegramSenderTimeoutSeconds } from "./constructs/telegram-functions.ts";
import { TelegramQueue } from "./constructs/telegram-queue.ts";

export type TwostepStackProps = StackProps & {
  bundleDirectory: string;
  /** Where the pages are; undefined: they are left out. */
  pagesDirectory: string | undefined;
};

/** The whole service: one table, one secret for each purpose, one queue, one state machine, one event bus, the functions, the HTTP API before them, and the pages. */
export class TwostepStack extends Stack {
  constructor(scope: Construct, id: string, props: TwostepStackProps) {
    super(scope, id, props);
    const settings = new Settings(this, "Settings");
    const accounts = new AccountsTable(this, "Accounts");
    const secrets = new Secrets(this, "Secrets");
    const telegramQueue = new TelegramQueue(this, "Telegram", {
      consumerTimeoutSeconds: telegramSenderTimeoutSeconds,
    });
    const ladder = new Ladder(this, "Ladder");
    const activityBus = new ActivityBus(this, "Activity");
    const api = new ServiceApi(this, "Api", settings);
    const { pagesDirectory: directory } = props;
    const pages =
      directory === undefined ? undefined : new Pages(this, "Pages", { directory, api });
    const { byName: functions } = new ServiceFunctions(this, "Functions", {
      bundleDirectory: props.bundleDirectory,
      settings,
      accounts,
      secrets,
      telegramQueue,
      ladder,
      activityBus,
      pages,
    });
    api.answerWith(functions);
    telegramQueue.deliverTo(functions["telegram-sender"]);
    ladder.climb({ dispatchCall: functions["dispatch-call"], sendSms: functions["send-sms"] });
    const bot = new TelegramBot(this, "TelegramBot", {
      setup: functions["telegram-setup"],
      settings,
      api,
    });
    new Operations(this, "Operations", {
      api,
      telegramQueue,
      ladder,
      background: [functions["telegram-sender"], functions["dispatch-call"], functions["send-sms"]],
      moneyPerDay: 200,
    });
    addOutputs(this, { api, pages, accounts, secrets, bot, ladder, activityBus });
  }
}
