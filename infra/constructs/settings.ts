import { CfnParameter, Fn } from "aws-cdk-lib";
import { Construct } from "constructs";

/** What whoever deploys decides: parameters of the template, under their plain names. */
export class Settings extends Construct {
  readonly allowedOrigins: string[];
  /** The same, comma separated. */
  readonly allowedOriginsText: string;
  readonly serviceName: string;
  readonly signInUrl: string;
  /** Empty where Telegram is off. */
  readonly telegramBotUsername: string;
  readonly telegramApiRoot: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.allowedOrigins = this.parameter("AllowedOrigins", {
      type: "CommaDelimitedList",
      description:
        "Origins of the pages that may call from a browser, comma separated: https://panel.example.com",
      // Cookies travel with these calls: no wildcard, no path, and plain http only on one's own machine.
      allowedPattern: String.raw`^(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?$`,
      constraintDescription: "must be origins such as https://panel.example.com, without a path",
    }).valueAsList;
    this.allowedOriginsText = Fn.join(",", this.allowedOrigins);

    this.serviceName = this.parameter("ServiceName", {
      type: "String",
      default: "Twostep",
      description: "The name that authenticator apps show beside the code",
      minLength: 1,
      maxLength: 64,
    }).valueAsString;

    this.signInUrl = this.parameter("SignInUrl", {
      type: "String",
      default: "/sign-in",
      description: "The page that a host's challengeUrl points to",
      minLength: 1,
    }).valueAsString;

    this.telegramBotUsername = this.parameter("TelegramBotUsername", {
      type: "String",
      default: "",
      description: "The Telegram bot's username, without @; empty: Telegram is off",
      // It is part of the links that users follow.
      allowedPattern: "^([A-Za-z][A-Za-z0-9_]{3,31})?$",
      constraintDescription: "must be a username such as example_bot, without @, or empty",
    }).valueAsString;

    this.telegramApiRoot = this.parameter("TelegramApiRoot", {
      type: "String",
      default: "https://api.telegram.org",
      description: "Telegram's Bot API, or a Bot API server of one's own; no slash at the end",
      // The bot's token is part of every request's path: plain http only on one's own machine.
      allowedPattern: String.raw`^(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$`,
      constraintDescription:
        "must be a URL such as https://api.telegram.org, without a slash at its end",
    }).valueAsString;
  }

  private parameter(name: string, props: ConstructorParameters<typeof CfnParameter>[2]) {
    const parameter = new CfnParameter(this, name, props);
    parameter.overrideLogicalId(name);
    return parameter;
  }
}
