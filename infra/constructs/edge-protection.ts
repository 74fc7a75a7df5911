import { Stack } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";

export type EdgeProtectionProps = {
  /**
   * Requests of all kinds from one address in five minutes; 2,000 if not given. A whole office may share one address.
   */
  readonly requestsPerAddress?: number;
  /**
   * Sign-ins from one address in five minutes; 100 if not given. The service itself pauses far earlier, by mail and
   * address.
   */
  readonly signInsPerAddress?: number;
};

/**
 * A web ACL for the pages and the API behind CloudFront. It must be made in us-east-1, and it stops floods before they
 * cost anything.
 */
export class EdgeProtection extends Construct {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: EdgeProtectionProps = {}) {
    super(scope, id);
    const { requestsPerAddress = 2000, signInsPerAddress = 100 } = props;
    const acl = new CfnWebACL(this, "Acl", {
      name: Stack.of(this).stackName,
      // AWS takes no apostrophe here.
      description: "Rate rules before the pages and the API",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: visible("All"),
      rules: [
        rateRule(0, "SignIns", {
          limit: signInsPerAddress,
          scopeDownStatement: {
            byteMatchStatement: {
              fieldToMatch: { uriPath: {} },
              positionalConstraint: "EXACTLY",
              searchString: "/v1/sign-in",
              textTransformations: [{ priority: 0, type: "NONE" }],
            },
          },
        }),
        rateRule(1, "Requests", { limit: requestsPerAddress }),
      ],
    });
    this.webAclArn = acl.attrArn;
  }
}

/** Answers requests of an address beyond its rate with 429, until the rate falls. */
const rateRule = (
  priority: number,
  name: string,
  rate: Omit<CfnWebACL.RateBasedStatementProperty, "aggregateKeyType">,
): CfnWebACL.RuleProperty => ({
  priority,
  name,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: { rateBasedStatement: { ...rate, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
  visibilityConfig: visible(name),
});

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});
