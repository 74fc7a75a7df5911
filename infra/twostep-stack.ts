import { Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ActivityBus } from "./constructs/activity-bus.ts";
import { AccountsTable } from "./constructs/accounts-table.ts";
import { ServiceApi } from "./constructs/http-api.ts";
import { Ladder } from "./constructs/ladder.ts";
import { addOutputs } from "./constructs/outputs.ts";
import { Secrets } from "./constructs/secrets.ts";
import { ServiceFunctions } from "./constructs/service-functions.ts";
import { Settings } from "./constructs/settings.ts";
import { TelegramBot } from "./constructs/telegram-bot.ts";
import { telegramSenderTimeoutSeconds } from "./constructs/telegram-functions.ts";
import { TelegramQueue } from "./constructs/telegram-queue.ts";

export type TwostepStackProps = StackProps & { bundleDirectory: string };

/** The whole service: one table, one secret for each purpose, one queue, one state machine, one event bus, the functions, and the HTTP API before them. */
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
    const { byName: functions } = new ServiceFunctions(this, "Functions", {
      bundleDirectory: props.bundleDirectory,
      settings,
      accounts,
      secrets,
      telegramQueue,
      ladder,
      activityBus,
    });
    telegramQueue.deliverTo(functions["telegram-sender"]);
    ladder.climb({ dispatchCall: functions["dispatch-call"], sendSms: functions["send-sms"] });
    const api = new ServiceApi(this, "Api", { settings, functions });
    const bot = new TelegramBot(this, "TelegramBot", {
      setup: functions["telegram-setup"],
      settings,
      api,
    });
    addOutputs(this, { api, accounts, secrets, bot, ladder, activityBus });
  }
}
