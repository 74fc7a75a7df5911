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

/**
 * The headers that the service reads, and `CloudFront-Viewer-Address`, which CloudFront always writes itself, whatever
 * the viewer sent.
 */
const forwardedHeaders = [
  "CloudFront-Viewer-Address",
  "Content-Type",
  "Idempotency-Key",
  "Origin",
  "User-Agent",
];

/** The header of the secret; `lib/http/caller-address.ts` reads it. */
const edgeSecretHeader = "X-Twostep-Edge";

/**
 * The API behind CloudFront, at the pages' own address. The gateway then sees CloudFront's address. The caller's
 * address comes in a header, which the service believes only beside a secret that CloudFront adds (docs/decisions/013).
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
      // No stored value depends on this secret, so a new one works as well.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const origin = new HttpOrigin(Fn.select(2, Fn.split("/", api.url)), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // A dynamic reference: the template names the secret and never contains it.
      customHeaders: { [edgeSecretHeader]: this.secret.secretValue.unsafeUnwrap() },
    });
    this.behavior = {
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // An allow list: only a list can have the viewer's headers without Host together with CloudFront's own headers. A
      // forwarded Host would not lead to the API.
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

  /**
   * Allows a function to trust the caller's address that CloudFront sends. For functions that count by that address or
   * write it down.
   */
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
 * CloudFront caches errors for ten seconds even where it caches nothing else, and its cache key has no cookies. Without
 * this, everybody would get one caller's 404 or 503.
 */
export const keepNoErrors: ErrorResponse[] = [
  400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));
