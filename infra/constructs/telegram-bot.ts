import { CustomResource, Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Languages } from "../../lib/settings/languages.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

export type TelegramBotProps = {
  setup: LambdaFunction;
  settings: ServiceSettings;
  languages: Languages;
  webhookUrl: string;
};

/** The bot's webhook and commands at Telegram. `functions/telegram-setup` keeps them as the stack says. */
export class TelegramBot extends Construct {
  /** What the function did, or what is left to do. */
  readonly status: string;

  constructor(scope: Construct, id: string, props: TelegramBotProps) {
    super(scope, id);
    const bot = new CustomResource(this, "Registration", {
      resourceType: "Custom::TelegramBot",
      serviceToken: props.setup.functionArn,
      // The function answers within its own timeout. If it cannot run at all, a deploy need not wait for
      // CloudFormation's hour.
      serviceTimeout: Duration.minutes(3),
      properties: {
        WebhookUrl: props.webhookUrl,
        BotUsername: props.settings.telegramBotUsername,
        ApiRoot: props.settings.telegramApiRoot,
        // A property and not a variable, so that a change of it sets the bot up again.
        Languages: props.languages.join(","),
      },
    });
    this.status = bot.getAttString("Status");
  }
}
