import { RemovalPolicy } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  SSLMethod,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { Edge, keepNoErrors } from "./edge.ts";
import { globalName } from "./global-name.ts";
import type { DomainProps } from "../settings/twostep-props.ts";
import type { ServiceApi } from "./http-api.ts";
import { pageHeaders } from "./page-headers.ts";

export type PagesProps = {
  /** Where `bundleWeb` put the pages. */
  directory: string;
  api: ServiceApi;
  /** Its certificate of us-east-1, where CloudFront reads it. */
  domain: DomainProps | undefined;
  webAclArn: string | undefined;
};

/** The elements' modules and the panel page, on CloudFront, with the API under the same origin. Can be left out: a host may serve its own. */
export class Pages extends Construct {
  readonly edge: Edge;
  /** As browsers send it. */
  readonly origin: string;
  readonly url: string;

  constructor(scope: Construct, id: string, { directory, api, domain, webAclArn }: PagesProps) {
    super(scope, id);
    this.edge = new Edge(this, "Edge", api);
    const bucket = this.makeBucket();
    const distribution = new Distribution(this, "Distribution", {
      comment: "Twostep's pages, and its API beside them",
      defaultRootObject: "index.html",
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessControl: new S3OriginAccessControl(this, "Access", {
            originAccessControlName: globalName("pages"),
          }),
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: pageHeaders(this, "Headers"),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      additionalBehaviors: { "/v1/*": this.edge.behavior },
      errorResponses: keepNoErrors,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(webAclArn === undefined ? {} : { webAclId: webAclArn }),
      // Without a domain of one's own the certificate is CloudFront's, and so is what it takes.
      ...(domain && {
        domainNames: [domain.name],
        certificate: domain.certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        sslSupportMethod: SSLMethod.SNI,
      }),
    });
    this.origin = `https://${domain?.name ?? distribution.distributionDomainName}`;
    this.url = `${this.origin}/`;
    this.deploy(directory, bucket);
  }

  /** Everything in it is made of the sources by every deploy: no versions, and nothing to keep when the stack goes. */
  private makeBucket(): IBucket {
    const bucket = new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // It is one; CDK's own types do not say so under exactOptionalPropertyTypes.
    return bucket as IBucket;
  }

  private deploy(directory: string, destinationBucket: IBucket): void {
    new BucketDeployment(this, "Deployment", {
      sources: [Source.asset(directory)],
      destinationBucket,
      // Names stay, so that hosts can embed them: browsers and CloudFront ask every time, and nobody has half of a new version.
      cacheControl: [CacheControl.noCache()],
      // Or the bucket could not be removed with the stack.
      retainOnDelete: false,
      logGroup: new LogGroup(this, "DeploymentLog", {
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
  }
}
