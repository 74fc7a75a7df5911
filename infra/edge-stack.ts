import { CfnOutput, Stack } from "aws-cdk-lib";
import type { StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { EdgeProtection } from "./constructs/edge-protection.ts";

/** The web ACL by itself, in us-east-1: only that region has web ACLs for CloudFront. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: Omit<StackProps, "env">) {
    super(scope, id, { ...props, env: { region: "us-east-1" } });
    const { webAclArn } = new EdgeProtection(this, "Protection");
    new CfnOutput(this, "WebAclArn", {
      value: webAclArn,
      description: "For pages.webAclArn in twostep.config.ts",
    });
  }
}
