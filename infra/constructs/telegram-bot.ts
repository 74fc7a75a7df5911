import { CustomResource, Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Languages } from "../../lib/settings/languages.ts";
import { telegramWebhookPath } from "../settings/routes.ts";
import type { ServiceApi } from "./http-api.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

export type TelegramBotProps = {
  setup: LambdaFunction;
  settings: ServiceSettings;
  languages: Languages;
  api: ServiceApi;
};

/** The bot as Telegram knows it, its webhook and commands, kept as the stack says by `functions/telegram-setup`. */
export class TelegramBot extends Construct {
  /** What was done, or what is left to do. */
  readonly status: string;

  constructor(scope: Construct, id: string, props: TelegramBotProps) {
    super(scope, id);
    const bot = new CustomResource(this, "Registration", {
      resourceType: "Custom::TelegramBot",
      serviceToken: props.setup.functionArn,
      // The function answers within its own timeout; if it cannot run at all, a deploy need not wait CloudFormation's hour.
      serviceTimeout: Duration.minutes(3),
      properties: {
        WebhookUrl: `${props.api.url}${telegramWebhookPath}`,
        BotUsername: props.settings.telegramBotUsername,
        ApiRoot: props.settings.telegramApiRoot,
        // A property, and no variable, so that its change has the bot set up again.
        Languages: props.languages.join(","),
      },
    });
    this.status = bot.getAttString("Status");
  }
}
