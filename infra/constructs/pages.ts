import { RemovalPolicy } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
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
  domain: DomainProps | undefined;
  webAclArn: string | undefined;
};

/**
 * The elements' modules and the panel page on CloudFront, with the API under the same origin. It can be left out: a
 * host may serve its own pages.
 */
export class Pages extends Construct {
  readonly edge: Edge;
  /** The origin as browsers send it. */
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
      // Without a domain the certificate is CloudFront's, and CloudFront decides which TLS versions to accept.
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        sslSupportMethod: SSLMethod.SNI,
      }),
    });
    this.origin = `https://${domain?.name ?? distribution.distributionDomainName}`;
    this.url = `${this.origin}/`;
    this.deploy(directory, bucket);
  }

  /**
   * Every deploy makes all files again from the sources. So the bucket needs no versions, and it is deleted with the
   * stack.
   */
  private makeBucket(): IBucket {
    const bucket = new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A Bucket is an IBucket. CDK's own types do not say so under exactOptionalPropertyTypes.
    return bucket as IBucket;
  }

  private deploy(directory: string, destinationBucket: IBucket): void {
    new BucketDeployment(this, "Deployment", {
      sources: [Source.asset(directory)],
      destinationBucket,
      // The names stay the same, so that hosts can embed the files. Browsers and CloudFront check for a new version
      // every time, so nobody gets half of a new version.
      cacheControl: [CacheControl.noCache()],
      // Otherwise the bucket could not be removed with the stack.
      retainOnDelete: false,
      logGroup: new LogGroup(this, "DeploymentLog", {
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
  }
}
