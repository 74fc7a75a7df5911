import { CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

type Acknowledged = {
  /** Path below the service. It includes everything below it. */
  readonly at: string;
  readonly rules: readonly string[];
  readonly reason: string;
};

/**
 * Findings of cdk-nag's AwsSolutions that stay, each with its reason. Every other finding is an error, see
 * `test/infra/nag.test.ts`.
 */
const acknowledged: readonly Acknowledged[] = [
  {
    at: "Api",
    rules: ["APIG4"],
    reason:
      "Sessions and challenges are cookies that the functions check against the account, a consistent read; an authorizer could only repeat or cache it. The host's routes are IAM's.",
  },
  {
    at: "Fallback/Machine",
    rules: ["SF1"],
    reason:
      "Delivering logs needs actions on every resource, and events hold task tokens. Executions keep their history for 90 days, and each attempt is a log line of its function.",
  },
  {
    at: "Secrets",
    rules: ["SMG4"],
    reason:
      "Rotated by a command that overlaps old and new (docs/runbooks/rotation.md): a schedule that replaced a key at once would lose what was sealed under it. Bot token and carriers' credentials are made elsewhere.",
  },
];

const acknowledgedOfTracing: readonly Acknowledged[] = [
  {
    at: "Functions",
    rules: ["IAM5[Resource::*]"],
    reason: "X-Ray's two actions, which know no resources; a test lists every other grant exactly.",
  },
  {
    at: "Fallback/Role",
    rules: ["IAM5[Resource::*]"],
    reason: "X-Ray's two actions, which know no resources.",
  },
];

const acknowledgedWithoutTracing: Acknowledged = {
  at: "Fallback/Machine",
  rules: ["SF2"],
  reason:
    "Tracing is an option: the HTTP API takes no part in traces, executions keep their history, and traces would be a large part of the bill.",
};

const acknowledgedOfCanary: Acknowledged = {
  at: "Canary/Role",
  rules: ["IAM5[Resource::*]"],
  reason: "CloudWatch's DescribeAlarms, by which CodeDeploy looks at the alarms of a deployment.",
};

/** Findings about the pages, which can be left out. */
const acknowledgedOfPages: readonly Acknowledged[] = [
  {
    at: "Pages/Edge/Secret",
    rules: ["SMG4"],
    reason: "Changed by a deploy, since CloudFront holds it as well (docs/decisions/013).",
  },
  {
    at: "Pages/Bucket",
    rules: ["S1"],
    reason: "Holds public files that CloudFront alone reads; nobody's visit is worth a log.",
  },
  {
    at: "Pages/Distribution",
    rules: ["CFR1", "CFR2", "CFR3"],
    reason:
      "No country is shut out of its own accounts. A web ACL comes by pages.webAclArn, as it can only be made in us-east-1. The API's own access log tells each request without addresses of pages.",
  },
];

/** Without a domain and its certificate, CloudFront decides which TLS versions its own name accepts. */
const acknowledgedWithoutDomain: Acknowledged = {
  at: "Pages/Distribution",
  rules: ["CFR4"],
  reason: "The minimum of TLS 1.2 takes effect with a domain of one's own: the setting domain.",
};

/** The pages' bucket is filled by a function that may write its objects, whatever they are called. */
const acknowledgeFill = (service: IConstruct): void => {
  const bucket = at(service, "Pages/Bucket").node.defaultChild;
  if (!CfnElement.isCfnElement(bucket)) return;
  const rule = `IAM5[Resource::<${Stack.of(service).getLogicalId(bucket)}.Arn>/*]`;
  const reason = "The function fills this bucket, which holds the pages' public files alone.";
  acknowledge(at(service, "Pages/Deployment/pages-setup-role"), [rule], reason);
};

/** Acknowledges each finding that stays, with its reason. */
export const acknowledgeFindings = (
  service: IConstruct,
  {
    pages,
    domain,
    tracing,
    canary,
  }: Readonly<Record<"pages" | "domain" | "tracing" | "canary", boolean>>,
): void => {
  const all = [
    ...acknowledged,
    ...(canary ? [acknowledgedOfCanary] : []),
    ...(tracing ? acknowledgedOfTracing : [acknowledgedWithoutTracing]),
    ...(pages ? acknowledgedOfPages : []),
    ...(pages && !domain ? [acknowledgedWithoutDomain] : []),
  ];
  for (const one of all) acknowledge(at(service, one.at), one.rules, one.reason);
  if (pages) acknowledgeFill(service);
};

/** The construct at a path below the service. */
const at = (service: IConstruct, path: string): IConstruct =>
  path.split("/").reduce<IConstruct>((node, id) => node.node.findChild(id), service);

const acknowledge = (construct: IConstruct, rules: readonly string[], reason: string): void => {
  for (const rule of rules) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
};
