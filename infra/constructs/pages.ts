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
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { Edge, keepNoErrors } from "./edge.ts";
import { globalName } from "./global-name.ts";
import type { DomainProps } from "../settings/twostep-props.ts";
import type { ServiceApi } from "./http-api.ts";
import { pageHeaders } from "./page-headers.ts";
import { PagesDeployment } from "./pages-deployment.ts";
import type { PagesDeploymentProps } from "./pages-deployment.ts";

export type PagesProps = Pick<PagesDeploymentProps, "bundleDirectory" | "architecture"> & {
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

  constructor(scope: Construct, id: string, props: PagesProps) {
    super(scope, id);
    const { directory, api, domain, webAclArn, ...deployment } = props;
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
    new PagesDeployment(this, "Deployment", { ...deployment, directory, bucket });
  }

  /**
   * Every deploy makes all files again from the sources. So the bucket needs no versions, and it is deleted with the
   * stack.
   */
  private makeBucket(): IBucket {
    const bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A Bucket is an IBucket. CDK's own types do not say so under exactOptionalPropertyTypes.
    return bucket as IBucket;
  }
}
