import { expect } from "vitest";
import { readable } from "../readable.ts";
import { resourcesOf, settingsOf } from "../synthesize.ts";
import type { Rules } from "./rule.ts";

const headers = (items: Readonly<Record<string, string>>) => ({
  Items: Object.entries(items).map(([Header, Value]) => ({ Header, Value, Override: true })),
});

/** Of CloudFront's configuration: words for people, and ids that only have to agree with each other. */
const anyText = expect.any(String) as unknown;

// What CloudFront keeps once an account bears the stack's name and region, so that stages stand side by side.
const nameOf = (what: string) => `\${AWS::StackName}-\${AWS::Region}-${what}`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join("; ");

/** Errors are kept for ten seconds unless each is named, for everybody, whosever they were. */
const errorsAreNotKept = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map(
  (ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 }),
);

export const pageRules: Rules = ({ template }, rule) => {
  rule(
    "nobody reads the bucket but CloudFront for this one distribution, and nobody without TLS",
    () => {
      expect(settingsOf(template, "AWS::S3::Bucket")).toEqual({
        PagesBucket: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
            ],
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      });
      expect(settingsOf(template, "AWS::S3::BucketPolicy")).toEqual({
        PagesBucketPolicy: {
          Bucket: "${PagesBucket}",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Deny",
                Action: "s3:*",
                Principal: { AWS: "*" },
                Resource: ["${PagesBucket.Arn}", "${PagesBucket.Arn}/*"],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
              },
              {
                Effect: "Allow",
                Action: "s3:GetObject",
                Principal: { Service: "cloudfront.amazonaws.com" },
                Resource: "${PagesBucket.Arn}/*",
                Condition: {
                  StringEquals: {
                    "AWS:SourceArn":
                      "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${PagesDistribution}",
                  },
                },
              },
            ],
          },
        },
      });
      expect(settingsOf(template, "AWS::CloudFront::OriginAccessControl")).toEqual({
        PagesAccess: {
          OriginAccessControlConfig: {
            Name: nameOf("pages"),
            OriginAccessControlOriginType: "s3",
            SigningBehavior: "always",
            SigningProtocol: "sigv4",
          },
        },
      });
    },
  );

  rule(
    "pages are read over TLS, from the root on, with the strict headers; the API beside them, with every method, and nothing of it is ever kept; the API's origin alone gets the proof that it is CloudFront who asks",
    () => {
      const [pages, api] = ["TwostepPagesDistributionOrigin1", "TwostepPagesDistributionOrigin2"];
      const idOf = (origin: string) => expect.stringContaining(origin) as unknown;
      expect(settingsOf(template, "AWS::CloudFront::Distribution")).toEqual({
        PagesDistribution: {
          DistributionConfig: {
            Enabled: true,
            Comment: anyText,
            DefaultRootObject: "index.html",
            HttpVersion: "http2and3",
            IPV6Enabled: true,
            DefaultCacheBehavior: {
              TargetOriginId: idOf(pages),
              AllowedMethods: ["GET", "HEAD"],
              // AWS's managed policy "CachingOptimized".
              CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
              Compress: true,
              ResponseHeadersPolicyId: "${PagesHeaders}",
              ViewerProtocolPolicy: "redirect-to-https",
            },
            CacheBehaviors: [
              {
                TargetOriginId: idOf(api),
                PathPattern: "/v1/*",
                AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
                // AWS's managed policy "CachingDisabled".
                CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                Compress: true,
                OriginRequestPolicyId: "${PagesEdgeRequest}",
                ViewerProtocolPolicy: "https-only",
              },
            ],
            CustomErrorResponses: errorsAreNotKept,
            Origins: [
              {
                Id: idOf(pages),
                DomainName: "${PagesBucket.RegionalDomainName}",
                OriginAccessControlId: "${PagesAccess.Id}",
                S3OriginConfig: { OriginAccessIdentity: "" },
              },
              {
                Id: idOf(api),
                DomainName: {
                  "Fn::Select": [2, { "Fn::Split": ["/", "${ApiHttp.ApiEndpoint}"] }],
                },
                CustomOriginConfig: {
                  OriginProtocolPolicy: "https-only",
                  OriginSSLProtocols: ["TLSv1.2"],
                },
                // Named, never written here.
                OriginCustomHeaders: [
                  {
                    HeaderName: "X-Twostep-Edge",
                    HeaderValue: "{{resolve:secretsmanager:${PagesEdgeSecret}:SecretString:::}}",
                  },
                ],
              },
            ],
          },
        },
      });
    },
  );

  rule("browsers run nothing on the pages but what is served along, and frame them nowhere", () => {
    expect(settingsOf(template, "AWS::CloudFront::ResponseHeadersPolicy")).toEqual({
      PagesHeaders: {
        ResponseHeadersPolicyConfig: {
          Name: nameOf("page-headers"),
          Comment: anyText,
          // The elements are modules, which hosts' pages load from here.
          CorsConfig: {
            AccessControlAllowCredentials: false,
            AccessControlAllowHeaders: { Items: ["*"] },
            AccessControlAllowMethods: { Items: ["GET", "HEAD"] },
            AccessControlAllowOrigins: { Items: ["*"] },
            OriginOverride: true,
          },
          CustomHeadersConfig: headers({
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy":
              "camera=(), geolocation=(), microphone=(), otp-credentials=(self), payment=(), usb=()",
          }),
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: contentSecurityPolicy,
              Override: true,
            },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: "DENY", Override: true },
            ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: true },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, Override: true },
          },
        },
      },
    });
  });

  rule("the API is passed cookies, query, and no header but those that it reads", () => {
    expect(settingsOf(template, "AWS::CloudFront::OriginRequestPolicy")).toEqual({
      PagesEdgeRequest: {
        OriginRequestPolicyConfig: {
          Name: nameOf("api-requests"),
          Comment: anyText,
          CookiesConfig: { CookieBehavior: "all" },
          QueryStringsConfig: { QueryStringBehavior: "all" },
          HeadersConfig: {
            HeaderBehavior: "whitelist",
            Headers: [
              "CloudFront-Viewer-Address",
              "Content-Type",
              "Idempotency-Key",
              "Origin",
              "User-Agent",
            ],
          },
        },
      },
    });
  });

  rule("the secret that proves CloudFront is made by AWS and written nowhere", () => {
    const [, secret] =
      resourcesOf(template, "AWS::SecretsManager::Secret").find(([id]) => id.startsWith("Pages")) ??
      [];
    expect(readable(secret?.Properties)).toEqual({
      Description: anyText,
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
  });

  rule("what deploys is called for other files, and lets browsers ask every time", () => {
    expect(settingsOf(template, "Custom::Pages")).toEqual({
      PagesDeploymentFiles: {
        ServiceToken: "${PagesDeploymentpagessetup.Arn}",
        ServiceTimeout: "360",
        Fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        CacheControl: "no-cache",
      },
    });
  });
};
