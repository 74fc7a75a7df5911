import { CfnParameter, Fn } from "aws-cdk-lib";
import { Construct } from "constructs";

/** What whoever deploys decides: parameters of the template, under their plain names. */
export class Settings extends Construct {
  readonly allowedOrigins: string[];
  /** The same, comma separated. */
  readonly allowedOriginsText: string;
  readonly serviceName: string;
  readonly signInUrl: string;

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
  }

  private parameter(name: string, props: ConstructorParameters<typeof CfnParameter>[2]) {
    const parameter = new CfnParameter(this, name, props);
    parameter.overrideLogicalId(name);
    return parameter;
  }
}
