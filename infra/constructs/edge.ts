import { Duration, Fn, RemovalPolicy } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { BehaviorOptions, ErrorResponse } from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Access } from "./access.ts";
import { globalName } from "./global-name.ts";
import type { ServiceApi } from "./http-api.ts";

/** What the service reads of a request, and `CloudFront-Viewer-Address`, which CloudFront writes itself whatever the viewer sent. */
const forwardedHeaders = [
  "CloudFront-Viewer-Address",
  "Content-Type",
  "Idempotency-Key",
  "Origin",
  "User-Agent",
];

/** The secret's header; `lib/http/caller-address.ts` reads it. */
const edgeSecretHeader = "X-Twostep-Edge";

/**
 * The API as it is reached through CloudFront, at the pages' own address. A gateway behind CloudFront sees CloudFront's address; the
 * caller's comes in a header, believed only beside a secret that CloudFront adds (docs/decisions/013).
 */
export class Edge extends Construct {
  readonly behavior: BehaviorOptions;
  private readonly secret: Secret;

  constructor(scope: Construct, id: string, api: ServiceApi) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", {
      description:
        "What CloudFront sends along with every request to the API, to be told from others",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // Nothing is sealed or found by it: another one does as well.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const origin = new HttpOrigin(Fn.select(2, Fn.split("/", api.url)), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // A dynamic reference: the template names the secret and never holds it.
      customHeaders: { [edgeSecretHeader]: this.secret.secretValue.unsafeUnwrap() },
    });
    this.behavior = {
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // A list, since only a list may have both viewers' headers without Host, which would lead to no API, and CloudFront's own.
      originRequestPolicy: new OriginRequestPolicy(this, "Request", {
        originRequestPolicyName: globalName("api-requests"),
        comment: "What the API reads of a request",
        headerBehavior: OriginRequestHeaderBehavior.allowList(...forwardedHeaders),
        cookieBehavior: OriginRequestCookieBehavior.all(),
        queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      compress: true,
    };
  }

  /** For what counts by the caller's address or writes it down. */
  allowCallerAddress(): Access {
    return {
      environment: { EDGE_SECRET_ID: this.secret.secretArn },
      statements: [
        new PolicyStatement({
          actions: ["secretsmanager:GetSecretValue"],
          resources: [this.secret.secretArn],
        }),
      ],
    };
  }
}

/**
 * CloudFront keeps errors for ten seconds even where it keeps nothing else, and its key has no cookies: one caller's 404 or 503 would be
 * everybody's.
 */
export const keepNoErrors: ErrorResponse[] = [
  400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));
