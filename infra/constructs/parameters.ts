import { CfnCondition, Fn } from "aws-cdk-lib";
import { Construct } from "constructs";
import { telegramApiRoot } from "../settings/service-settings.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";
import { apiRootParameter, formOf, parameter } from "./parameter.ts";
import { PhoneParameters } from "./phone-parameters.ts";

/** The deployer's choices: parameters of the template, under their plain names. */
export class Parameters extends Construct implements ServiceSettings {
  readonly allowedOrigins: string[];
  /** The same, comma separated. */
  readonly allowedOriginsText: string;
  readonly serviceName: string;
  /** Empty where Telegram is off. */
  readonly telegramBotUsername: string;
  readonly telegramApiRoot: string;
  readonly phone: PhoneParameters;
  private readonly signInUrl: string;
  private readonly hasSignInUrl: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.allowedOrigins = parameter(this, "AllowedOrigins", {
      type: "CommaDelimitedList",
      description:
        "Origins of the pages that may call from a browser, comma separated: https://panel.example.com",
      ...formOf("origin"),
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
      ...formOf("botUsername"),
    }).valueAsString;

    this.telegramApiRoot = apiRootParameter(this, "TelegramApiRoot", {
      default: telegramApiRoot,
      description: "Telegram's Bot API, or a Bot API server of one's own; no slash at the end",
    }).valueAsString;

    this.phone = new PhoneParameters(this, "Phone");
  }

  /** Returns the page that takes a host's challenges: the one that the deployer named, or else `otherwise`. */
  signInUrlOr(otherwise: string): string {
    return Fn.conditionIf(this.hasSignInUrl.logicalId, this.signInUrl, otherwise).toString();
  }
}
