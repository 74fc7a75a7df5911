import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Aws, CustomResource, Duration, FileSystem, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Processor } from "../settings/twostep-props.ts";
import type { Access } from "./access.ts";
import { ServiceFunction } from "./service-function.ts";

export type PagesDeploymentProps = {
  /** The files that go into the bucket. */
  directory: string;
  bucket: IBucket;
  bundleDirectory: string;
  architecture: Processor;
};

/**
 * Fills the bucket at each deploy that changes the files. The function carries the files in its own code, so it needs
 * no access to CDK's assets, and a rollback brings the files of before along with the code of before.
 */
export class PagesDeployment extends Construct {
  constructor(scope: Construct, id: string, props: PagesDeploymentProps) {
    super(scope, id);
    const { directory, bucket, bundleDirectory, architecture } = props;
    const staged = withFiles(bundleDirectory, directory);
    const setup = new ServiceFunction(this, "pages-setup", {
      bundleDirectory: staged,
      timeoutSeconds: 300,
      environment: { S3_URL: `https://s3.${Aws.REGION}.${Aws.URL_SUFFIX}` },
      access: [allowFill(bucket)],
      architecture,
      tracing: false,
      aliased: false,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // CDK has taken its copy.
    rmSync(staged, { recursive: true });
    new CustomResource(this, "Files", {
      resourceType: "Custom::Pages",
      serviceToken: setup.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: {
        // Another fingerprint makes CloudFormation call the function.
        Fingerprint: FileSystem.fingerprint(directory),
        // The names stay the same, so that hosts can embed the files. Browsers and CloudFront check for a new version
        // every time, so nothing has to be invalidated, and nobody gets half of a new version for long.
        CacheControl: "no-cache",
      },
    });
  }
}

/** A temporary folder with the function, and the files in its folder `files`. */
const withFiles = (bundleDirectory: string, directory: string): string => {
  const staged = FileSystem.mkdtemp("twostep-pages-");
  const code = join(staged, "pages-setup");
  cpSync(join(bundleDirectory, "pages-setup"), code, { recursive: true });
  cpSync(directory, join(code, "files"), { recursive: true });
  return staged;
};

/** Allows putting files into the bucket, seeing which are there, and taking them away. */
const allowFill = (bucket: IBucket): Access => ({
  environment: { PAGES_BUCKET: bucket.bucketName },
  statements: [
    new PolicyStatement({
      actions: ["s3:PutObject", "s3:DeleteObject"],
      resources: [bucket.arnForObjects("*")],
    }),
    new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
  ],
});
