import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { globalName } from "./global-name.ts";

/**
 * Nothing but files of this address, no inline code or styles. Markup becomes DOM through lit's own trusted types alone; each element
 * brings its lit, so that the policy of this name is made once an element.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // QR codes come as data.
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join("; ");

/** WebOTP fills in the code of an SMS; the rest is closed to code that should not have got here. */
const permissionsPolicy =
  "camera=(), geolocation=(), microphone=(), otp-credentials=(self), payment=(), usb=()";

/** The headers of every page and module. */
export const pageHeaders = (scope: Construct, id: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName("page-headers"),
    comment: "Headers of the pages and the elements",
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      // A host's token is in the fragment, which no Referer has; where people come from is nobody's business either.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true },
        { header: "Permissions-Policy", value: permissionsPolicy, override: true },
      ],
    },
    // Modules are always fetched with CORS: without this no host could embed an element from here. There is nothing private in them.
    corsBehavior: {
      accessControlAllowOrigins: ["*"],
      accessControlAllowMethods: ["GET", "HEAD"],
      accessControlAllowHeaders: ["*"],
      accessControlAllowCredentials: false,
      originOverride: true,
    },
  });
