import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { equalHashes } from "../crypto/constant-time.ts";

/** Returns the address that a request came from. Budgets and password guards count by it, and people are shown it. */
export type CallerAddress = (event: APIGatewayProxyEventV2) => Promise<string>;

/**
 * The address that the gateway saw. A caller can write any header, but cannot use another address and still get the
 * answer.
 */
export const gatewayAddress: CallerAddress = (event) =>
  Promise.resolve(event.requestContext.http.sourceIp);

/** CloudFront adds this header for this service alone, see `infra/constructs/edge.ts`. */
const edgeSecretHeader = "x-twostep-edge";

/**
 * The caller's address for a service that also stands behind CloudFront. There the gateway sees CloudFront's address,
 * and CloudFront sends the caller's in `CloudFront-Viewer-Address`. The service believes that header only beside the
 * secret that CloudFront alone knows. Without the secret, or with a wrong one, the gateway's address counts, so a
 * caller who sends these headers directly to the gateway gains nothing.
 */
export const addressBehindEdge =
  (edgeSecret: () => Promise<string>): CallerAddress =>
  async (event) => {
    const given = event.headers[edgeSecretHeader];
    const seen = event.headers["cloudfront-viewer-address"];
    if (given === undefined || seen === undefined) return gatewayAddress(event);
    const isEdge = equalHashes(hash(given), hash(await edgeSecret()));
    return (isEdge ? addressIn(seen) : undefined) ?? gatewayAddress(event);
  };

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Returns the address in `198.51.100.7:4711`, `2001:db8::1:4711` or `[2001:db8::1]:4711`. The port comes last, and an
 * IPv6 address contains colons itself.
 */
const addressIn = (text: string): string | undefined => {
  const address = text.replace(/:\d{1,5}$/, "").replace(/^\[(.*)\]$/, "$1");
  return isIP(address) ? address : undefined;
};
