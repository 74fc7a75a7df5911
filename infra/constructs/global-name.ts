import { Aws } from "aws-cdk-lib";

/**
 * A name for a resource that CloudFront keeps once per account, across all regions. CDK would derive the name from the
 * construct's path alone, and a second stage could not be deployed beside the first.
 */
export const globalName = (what: string): string => `${Aws.STACK_NAME}-${Aws.REGION}-${what}`;
