import { Token } from "aws-cdk-lib";
import * as z from "zod";

const address = String.raw`(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?`;

/** The form of each text that a deployer sets, and what is said of a text of another form. */
const forms = {
  // Cookies travel with these calls: no wildcard, no path, and plain http only on the deployer's own machine.
  origin: [`^${address}$`, "must be an origin such as https://panel.example.com, without a path"],
  // People follow it with a challenge in the fragment.
  page: [
    `^(${address})?/[^#\\s]*$`,
    "must be a page such as https://panel.example.com/sign-in, or a path such as /sign-in",
  ],
  // The username is part of the links that users follow.
  botUsername: [
    "^[A-Za-z][A-Za-z0-9_]{3,31}$",
    "must be a username such as example_bot, without @; leave telegram out to switch it off",
  ],
  country: ["^[A-Z]{2}$", "must be an ISO code such as UA"],
  smsSenderId: [
    "^[A-Za-z][A-Za-z0-9-]{0,10}$",
    "must be up to 11 letters, digits and hyphens, the first a letter",
  ],
  // Secrets travel with every request: plain http only on the deployer's own machine.
  apiRoot: [
    `^${address}(/[A-Za-z0-9._~-]+)*$`,
    "must be a URL such as https://api.example.com, without a slash at its end",
  ],
  serviceName: ["^.{1,64}$", "must have 1 to 64 characters"],
  hostName: [
    String.raw`^[a-z0-9-]+(\.[a-z0-9-]+)+$`,
    "must be a host name such as auth.example.com",
  ],
  certificateArn: [
    "^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$",
    "must be the ARN of a certificate, arn:aws:acm:us-east-1:…",
  ],
  webAclArn: [
    "^arn:aws[a-z-]*:wafv2:us-east-1:[0-9]{12}:global/webacl/.+$",
    "must be the ARN of a web ACL of scope CLOUDFRONT, arn:aws:wafv2:us-east-1:…:global/webacl/…",
  ],
  topicArn: [
    "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$",
    "must be the ARN of an SNS topic, arn:aws:sns:…",
  ],
  // Every grant names the table, so a name with a wildcard would open other tables.
  tableName: ["^[A-Za-z0-9_.-]{3,255}$", "must be the name of a table"],
} as const satisfies Record<string, readonly [pattern: string, said: string]>;

/** A text of this form. A token is not checked: its value is known at deploy time only. */
export const textOf = (form: keyof typeof forms) => {
  const [pattern, said] = forms[form];
  const expression = new RegExp(pattern);
  return z.string().refine((text) => Token.isUnresolved(text) || expression.test(text), said);
};
