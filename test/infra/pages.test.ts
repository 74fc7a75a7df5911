import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { functionsOf, named, resourcesOf, synthesize, theOnly } from "./synthesize.ts";

const { directory, template } = synthesize();
const without = synthesize({ pages: "false" });

const Behavior = z.looseObject({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.unknown().optional(),
  ResponseHeadersPolicyId: z.unknown().optional(),
  ViewerProtocolPolicy: z.string(),
});
const { DistributionConfig: distribution } = z
  .object({
    DistributionConfig: z.looseObject({
      DefaultRootObject: z.string(),
      DefaultCacheBehavior: Behavior,
      CacheBehaviors: z.tuple([Behavior]),
      CustomErrorResponses: z.array(z.record(z.string(), z.number())),
      HttpVersion: z.string(),
      Origins: z.array(
        z.looseObject({
          Id: z.string(),
          DomainName: z.unknown(),
          OriginAccessControlId: z.unknown().optional(),
          OriginCustomHeaders: z.array(z.unknown()).optional(),
        }),
      ),
    }),
  })
  .parse(theOnly(template, "AWS::CloudFront::Distribution").Properties);
const { DefaultCacheBehavior: pages, CacheBehaviors } = distribution;
const [api] = CacheBehaviors;
const originOf = ({ TargetOriginId }: z.infer<typeof Behavior>) =>
  distribution.Origins.find(({ Id }) => Id === TargetOriginId);

const { ResponseHeadersPolicyConfig: headers } = z
  .object({
    ResponseHeadersPolicyConfig: z.object({
      SecurityHeadersConfig: z.looseObject({
        ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
      }),
      CustomHeadersConfig: z.record(z.string(), z.unknown()),
    }),
  })
  .parse(theOnly(template, "AWS::CloudFront::ResponseHeadersPolicy").Properties);

test("nobody reads the bucket but CloudFront for this one distribution, and nobody without TLS", () => {
  expect(theOnly(template, "AWS::S3::Bucket")).toMatchObject({
    // Made of the sources anew by every deploy.
    DeletionPolicy: "Delete",
    Properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    },
  });
  const { Statement } = z
    .object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({})) }) })
    .parse(theOnly(template, "AWS::S3::BucketPolicy").Properties).PolicyDocument;
  expect(Statement).toMatchObject([
    { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Effect: "Allow",
      Action: "s3:GetObject",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "AWS:SourceArn": expect.anything() as unknown } },
    },
  ]);
  expect(Statement).toHaveLength(2);
  expect(JSON.stringify(Statement[1])).toContain("PagesDistribution");
  expect(named(originOf(pages)?.OriginAccessControlId)).toBe("PagesAccess");
  expect(theOnly(template, "AWS::CloudFront::OriginAccessControl").Properties).toMatchObject({
    OriginAccessControlConfig: { SigningBehavior: "always", SigningProtocol: "sigv4" },
  });
});

test("pages are read over TLS, from the root on, with the strict headers", () => {
  expect(distribution).toMatchObject({ DefaultRootObject: "index.html", HttpVersion: "http2and3" });
  expect(pages).toMatchObject({
    AllowedMethods: ["GET", "HEAD"],
    ViewerProtocolPolicy: "redirect-to-https",
  });
  expect(named(pages.ResponseHeadersPolicyId)).toBe("PagesHeaders");
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = headers;
  const policy = security.ContentSecurityPolicy.ContentSecurityPolicy;
  const directives = Object.fromEntries(
    policy.split("; ").map((each): [string, string] => {
      const [name = "", ...values] = each.split(" ");
      return [name, values.join(" ")];
    }),
  );
  expect(directives).toEqual({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "lit-html 'allow-duplicates'",
  });
  expect(policy).not.toMatch(/unsafe|http:|\*/);
  expect(security).toMatchObject({
    ContentTypeOptions: { Override: true },
    FrameOptions: { FrameOption: "DENY" },
    ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
    StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
  });
  expect(JSON.stringify(custom)).toMatch(
    /"Cross-Origin-Opener-Policy".*"same-origin".*"Permissions-Policy".*otp-credentials=\(self\)/,
  );
});

test("the API answers under the same origin: every method, cookies and what it reads, and nothing is ever kept", () => {
  expect(api).toMatchObject({
    PathPattern: "/v1/*",
    ViewerProtocolPolicy: "https-only",
    // AWS's managed policy "CachingDisabled".
    CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  });
  expect([...api.AllowedMethods].sort()).toEqual(
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"].sort(),
  );
  expect(api.ResponseHeadersPolicyId).toBeUndefined();
  expect(JSON.stringify(originOf(api)?.DomainName)).toContain("ApiEndpoint");
  expect(named(api.OriginRequestPolicyId)).toBe("PagesEdgeRequest");
  expect(theOnly(template, "AWS::CloudFront::OriginRequestPolicy").Properties).toMatchObject({
    OriginRequestPolicyConfig: {
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
  });
  // Errors are kept for ten seconds unless each is named, for everybody, whosever they were.
  expect(distribution.CustomErrorResponses).toEqual(
    [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
      ErrorCode,
      ErrorCachingMinTTL: 0,
    })),
  );
});

test("the secret that proves CloudFront is named in the template and never written there; the pages' origin gets none", () => {
  const [, secret] =
    resourcesOf(template, "AWS::SecretsManager::Secret").find(([id]) => id.startsWith("Pages")) ??
    [];
  expect(secret?.Properties["GenerateSecretString"]).toEqual({
    PasswordLength: 64,
    ExcludePunctuation: true,
  });
  const header = JSON.stringify(originOf(api)?.OriginCustomHeaders);
  expect(header).toContain('"HeaderName":"X-Twostep-Edge"');
  expect(header).toContain("{{resolve:secretsmanager:");
  expect(originOf(pages)?.OriginCustomHeaders).toBeUndefined();
});

test("what CloudFront keeps once an account bears the stack's name and region, so that stages stand side by side", () => {
  const globals = [
    ["AWS::CloudFront::OriginAccessControl", "OriginAccessControlConfig"],
    ["AWS::CloudFront::OriginRequestPolicy", "OriginRequestPolicyConfig"],
    ["AWS::CloudFront::ResponseHeadersPolicy", "ResponseHeadersPolicyConfig"],
  ] as const;
  for (const [type, config] of globals) {
    const { Name } = theOnly(template, type).Properties[config] as { Name: unknown };
    expect(JSON.stringify(Name)).toMatch(/"Ref":"AWS::StackName".*"Ref":"AWS::Region"/);
  }
});

test("the pages' own origin may call, after the deployer's, and is where a host's challenges go by default", () => {
  const functions = functionsOf(template, join(directory, "cdk.out"));
  const variable = (name: string, key: string) =>
    JSON.stringify(functions.get(name)?.variables[key]);
  expect(variable("sign-in", "ALLOWED_ORIGINS")).toMatch(
    /"Ref":"AllowedOrigins".*"https:\/\/",.*"PagesDistribution[0-9A-F]{8}","DomainName"/,
  );
  // The first is the domain that codes in SMS are bound to.
  expect(variable("send-sms", "ALLOWED_ORIGINS")).not.toContain("PagesDistribution");
  expect(variable("accounts", "SIGN_IN_URL")).toMatch(
    /"Fn::If":\["\w+",\{"Ref":"SignInUrl"\},.*PagesDistribution/,
  );
});

test("what deploys is the bundled pages, whole, and browsers ask for them every time", () => {
  const { SourceObjectKeys, ...properties } = z
    .looseObject({ SourceObjectKeys: z.tuple([z.string()]) })
    .parse(theOnly(template, "Custom::CDKBucketDeployment").Properties);
  expect(properties).toMatchObject({
    Prune: true,
    RetainOnDelete: false,
    SystemMetadata: { "cache-control": "no-cache" },
  });
  const asset = join(directory, "cdk.out", `asset.${SourceObjectKeys[0].replace(".zip", "")}`);
  expect(existsSync(asset)).toBe(true);
  expect(readdirSync(asset)).toEqual(readdirSync(join(directory, "pages")));
  expect(readdirSync(asset)).toEqual(
    expect.arrayContaining([
      "index.html",
      "panel.css",
      "twostep-security.js",
      "twostep-sign-in.js",
    ]),
  );
});

test("-c pages=false leaves out everything of theirs, and nothing else", () => {
  const types = (of: typeof template) =>
    new Set(Object.values(of.Resources).map(({ Type }) => Type));
  const gone = [...types(template)].filter((type) => !types(without.template).has(type));
  expect(gone.sort()).toEqual([
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::IAM::Policy",
    "AWS::Lambda::LayerVersion",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "Custom::CDKBucketDeployment",
  ]);
  expect(without.template.Outputs).not.toHaveProperty("PagesUrl");
  const functions = functionsOf(without.template, join(without.directory, "cdk.out"));
  for (const { variables } of functions.values())
    expect(variables).not.toHaveProperty("EDGE_SECRET_ID");
  const kept = Object.keys(template.Resources).filter((id) => !/^(Pages|CustomCDK)/.test(id));
  expect(Object.keys(without.template.Resources).sort()).toEqual(kept.sort());
});
