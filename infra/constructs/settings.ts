import { CfnCondition, Fn } from "aws-cdk-lib";
import { Construct } from "constructs";
import { apiRootParameter, parameter } from "./parameter.ts";
import { PhoneSettings } from "./phone-settings.ts";

/** What whoever deploys decides: parameters of the template, under their plain names. */
export class Settings extends Construct {
  readonly allowedOrigins: string[];
  /** The same, comma separated. */
  readonly allowedOriginsText: string;
  readonly serviceName: string;
  /** Empty where Telegram is off. */
  readonly telegramBotUsername: string;
  readonly telegramApiRoot: string;
  readonly phone: PhoneSettings;
  private readonly signInUrl: string;
  private readonly hasSignInUrl: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.allowedOrigins = parameter(this, "AllowedOrigins", {
      type: "CommaDelimitedList",
      description:
        "Origins of the pages that may call from a browser, comma separated: https://panel.example.com",
      // Cookies travel with these calls: no wildcard, no path, and plain http only on one's own machine.
      allowedPattern: String.raw`^(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?$`,
      constraintDescription: "must be origins such as https://panel.example.com, without a path",
    }).valueAsList;
    this.allowedOriginsText = Fn.join(",", this.allowedOrigins);

    this.serviceName = parameter(this, "ServiceName", {
      type: "String",
      default: "Twostep",
      description: "The name that authenticator apps show beside the code",
      minLength: 1,
      maxLength: 64,
    }).valueAsString;

    this.signInUrl = parameter(this, "SignInUrl", {
      type: "String",
      default: "",
      description:
        "The page that a host's challengeUrl points to; empty: the pages deployed along, or /sign-in without them",
    }).valueAsString;
    this.hasSignInUrl = new CfnCondition(this, "HasSignInUrl", {
      expression: Fn.conditionNot(Fn.conditionEquals(this.signInUrl, "")),
    });

    this.telegramBotUsername = parameter(this, "TelegramBotUsername", {
      type: "String",
      default: "",
      description: "The Telegram bot's username, without @; empty: Telegram is off",
      // It is part of the links that users follow.
      allowedPattern: "^([A-Za-z][A-Za-z0-9_]{3,31})?$",
      constraintDescription: "must be a username such as example_bot, without @, or empty",
    }).valueAsString;

    this.telegramApiRoot = apiRootParameter(this, "TelegramApiRoot", {
      default: "https://api.telegram.org",
      description: "Telegram's Bot API, or a Bot API server of one's own; no slash at the end",
    }).valueAsString;

    this.phone = new PhoneSettings(this, "Phone");
  }

  /** The page that takes a host's challenges: the one that was named, else this one. */
  signInUrlOr(otherwise: string): string {
    return Fn.conditionIf(this.hasSignInUrl.logicalId, this.signInUrl, otherwise).toString();
  }
}
