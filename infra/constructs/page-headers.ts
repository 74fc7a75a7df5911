import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { globalName } from "./global-name.ts";

/**
 * Allows only files of this address, and no inline code or styles. Markup becomes DOM only through lit's own trusted
 * types. Each element's module contains its own lit, so the policy of this name is made once for each element.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // QR codes come as data: URLs.
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join("; ");

/** WebOTP fills in the code of an SMS. The other features are closed, in case foreign code gets into the page. */
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
      // A host's token is in the fragment, which a Referer never contains. Nor should other sites learn where people
      // come from.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true },
        { header: "Permissions-Policy", value: permissionsPolicy, override: true },
      ],
    },
    // Browsers always fetch modules with CORS. Without this no host could embed an element from here. The files contain
    // nothing private.
    corsBehavior: {
      accessControlAllowOrigins: ["*"],
      accessControlAllowMethods: ["GET", "HEAD"],
      accessControlAllowHeaders: ["*"],
      accessControlAllowCredentials: false,
      originOverride: true,
    },
  });
