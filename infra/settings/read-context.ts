import { RemovalPolicy } from "aws-cdk-lib";
import type { App, StackProps } from "aws-cdk-lib";
import { changeLimits } from "../../lib/settings/change-limits.ts";
import { readLanguages, type Languages } from "../../lib/settings/languages.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

/** The choices that `--context` makes. */
export type Choices = {
  readonly stack: StackChoices;
  /** Whether the web ACL's own stack is made too. */
  readonly edge: boolean;
};

export type StackChoices = Pick<StackProps, "stackName"> &
  Pick<
    TwostepServiceProps,
    | "pages"
    | "bulkheads"
    | "limits"
    | "languages"
    | "accountsTable"
    | "architecture"
    | "removalPolicy"
  > & {
    readonly domain?: { readonly name: string; readonly certificateArn: string };
    readonly alarmTopicArn?: string;
  };

/**
 * Reads the stack's choices from the CDK context:
 *
 * - `stage=NAME`: names the deployed stack `Twostep-NAME`, so that several can be in one account;
 * - `pages=false`: no pages, no CloudFront;
 * - `domain=NAME` with `certificate=ARN`: the address of the service;
 * - `webAcl=ARN`: a web ACL of scope CLOUDFRONT, put before pages and API;
 * - `edge=true`: makes such a web ACL, in a stack of its own, `TwostepEdge`;
 * - `alarmTopic=ARN`: the SNS topic that gets the alarms;
 * - `bulkheads=false`: no concurrency is reserved;
 * - `limits=JSON`: other values for the numbers of `lib/settings/limits.ts`;
 * - `accountsTable=NAME`: a recovered table, used instead of the stack's own;
 * - `architecture=x86_64`: functions run on x86_64 instead of arm64;
 * - `languages=uk,en`: the languages that people get; those who have none of them get the first one;
 * - `removal=destroy`: table, keys, secrets and logs are deleted with the stack.
 *
 * Throws an error with a sentence for choices that do not fit together.
 */
export const readContext = (app: App): Choices => {
  const read = (name: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(name);
    return value === undefined || value === "" ? undefined : textOf(value);
  };
  const [stage, name, certificateArn] = [read("stage"), read("domain"), read("certificate")];
  const [webAclArn, alarmTopicArn, limits] = [read("webAcl"), read("alarmTopic"), read("limits")];
  const accountsTable = read("accountsTable");
  if ((name === undefined) !== (certificateArn === undefined)) {
    throw new Error("A domain needs its certificate, and a certificate its domain.");
  }
  const withPages = isOn("pages", read("pages"));
  if (!withPages && webAclArn !== undefined) {
    throw new Error(
      "A web ACL stands before the pages; without them there is nothing to put it on.",
    );
  }
  const stack = {
    ...(stage === undefined ? {} : { stackName: `Twostep-${stage}` }),
    pages: withPages && (webAclArn === undefined ? {} : { webAclArn }),
    ...(name !== undefined && certificateArn !== undefined && { domain: { name, certificateArn } }),
    ...(alarmTopicArn === undefined ? {} : { alarmTopicArn }),
    bulkheads: isOn("bulkheads", read("bulkheads")),
    ...(limits === undefined ? {} : { limits: changedOf(limits) }),
    ...(accountsTable === undefined ? {} : { accountsTable }),
    architecture: eitherOf("architecture", ["arm64", "x86_64"], read("architecture") ?? "arm64"),
    ...languagesOf(app.node.tryGetContext("languages")),
    removalPolicy:
      eitherOf("removal", ["retain", "destroy"], read("removal") ?? "retain") === "destroy"
        ? RemovalPolicy.DESTROY
        : RemovalPolicy.RETAIN,
  };
  return { stack, edge: isOn("edge", read("edge") ?? "false") };
};

/** The CLI gives text, but cdk.json may give any value. */
const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** Returns the value if it is one of the two words, and throws otherwise. */
const eitherOf = <One extends string, Other extends string>(
  name: string,
  [one, other]: readonly [One, Other],
  value: string,
): One | Other => {
  if (value === one || value === other) return value as One | Other;
  throw new Error(`The context ${name} is ${one} or ${other}, not ${value}.`);
};

const isOn = (name: string, value = "true"): boolean =>
  eitherOf(name, ["true", "false"], value) === "true";

/** Throws for an empty list, or an empty name in it: a deployer who wants all languages leaves the context out. */
const languagesOf = (value: unknown): { readonly languages?: Languages } =>
  value === undefined ? {} : { languages: readLanguages(textOf(value)) };

const changedOf = (text: string): NonNullable<StackChoices["limits"]> => {
  const changed: unknown = JSON.parse(text);
  changeLimits(changed);
  // `changeLimits` has just checked it against the existing limits.
  return changed as NonNullable<StackChoices["limits"]>;
};
