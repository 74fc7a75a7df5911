import { Aws } from "aws-cdk-lib";

/**
 * A name for what CloudFront keeps once an account, whatever the region: CDK would make it of the construct's path alone, and a second
 * stage could not be deployed beside the first.
 */
export const globalName = (what: string): string => `${Aws.STACK_NAME}-${Aws.REGION}-${what}`;
