import { join } from "node:path";
import type * as z from "zod/mini";
import { PAGES_DEPLOYMENT, resourcesOf } from "../template/read-resources.ts";
import type { Resolve } from "../template/resolve.ts";
import * as schema from "../template/resources.ts";
import type { Template } from "../template/template.ts";

/** The static files that a deploy puts before the API, with the headers that S3 and CloudFront would add. */
export type PagesPlan = {
  directory: string;
  headers: Readonly<Record<string, string>>;
  /** The ARN of the function that fills the bucket on AWS. */
  deployedBy: string;
};

/** Undefined if the template has no pages. Throws if the template asks for what the local stack cannot do. */
export function readPagesPlan(
  template: Template,
  resolve: Resolve,
  codeOf: (functionArn: string) => string,
): PagesPlan | undefined {
  const [deployment, ...others] = resourcesOf(
    template,
    PAGES_DEPLOYMENT,
    schema.PagesDeployment,
    resolve,
  );
  if (!deployment) return undefined;
  const [policy, ...otherPolicies] = resourcesOf(
    template,
    "AWS::CloudFront::ResponseHeadersPolicy",
    schema.PageHeaders,
    resolve,
  );
  const { ServiceToken, CacheControl } = deployment.properties;
  if (!policy || others.length + otherPolicies.length > 0)
    throw new Error("The local stack serves one folder of pages, with one set of headers.");
  return {
    directory: join(codeOf(ServiceToken), "files"),
    headers: { "cache-control": CacheControl, ...headersOf(policy.properties) },
    deployedBy: ServiceToken,
  };
}

/** The headers that CloudFront adds, without Strict-Transport-Security: browsers ignore it on plain http. */
function headersOf({
  ResponseHeadersPolicyConfig: { CorsConfig, CustomHeadersConfig, SecurityHeadersConfig: security },
}: z.infer<typeof schema.PageHeaders>): Record<string, string> {
  const own = CustomHeadersConfig.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value]);
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    ...(CorsConfig ? { "access-control-allow-origin": "*" } : {}),
    "content-security-policy": security.ContentSecurityPolicy.ContentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "x-frame-options": security.FrameOptions.FrameOption,
    "referrer-policy": security.ReferrerPolicy.ReferrerPolicy,
  };
}
