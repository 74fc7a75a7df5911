import { RemovalPolicy } from "aws-cdk-lib";
import type { App, StackProps } from "aws-cdk-lib";
import { changeLimits } from "../../lib/settings/change-limits.ts";
import { readLanguages, type Languages } from "../../lib/settings/languages.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

/** What `--context` says. */
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
 * - `stage=NAME`: the deployed stack is `Twostep-NAME`, so that several can live in one account;
 * - `pages=false`: no pages, no CloudFront;
 * - `domain=NAME` with `certificate=ARN`: where people reach the service;
 * - `webAcl=ARN`: of scope CLOUDFRONT, put before pages and API;
 * - `edge=true`: makes such a web ACL, in a stack of its own, `TwostepEdge`;
 * - `alarmTopic=ARN`: the SNS topic that hears of alarms;
 * - `bulkheads=false`: no concurrency is reserved;
 * - `limits=JSON`: other numbers than those of `lib/settings/limits.ts`;
 * - `accountsTable=NAME`: a recovered table in place of the stack's own;
 * - `architecture=x86_64`: functions for that instead of arm64;
 * - `languages=uk,en`: those in which people are spoken to, the first one to whoever has none of them;
 * - `removal=destroy`: table, keys, secrets and logs go with the stack.
 *
 * Throws a sentence for what does not fit together.
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

/** The CLI gives text; cdk.json may give anything. */
const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** One of two words. */
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

/** Nothing between the commas, or after the sign, is refused: whoever wants all languages does not name them. */
const languagesOf = (value: unknown): { readonly languages?: Languages } =>
  value === undefined ? {} : { languages: readLanguages(textOf(value)) };

const changedOf = (text: string): NonNullable<StackChoices["limits"]> => {
  const changed: unknown = JSON.parse(text);
  changeLimits(changed);
  // It has just been held against the limits that there are.
  return changed as NonNullable<StackChoices["limits"]>;
};
