import { createHash } from "node:crypto";
import { isIP } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { equalHashes } from "../crypto/constant-time.ts";

/** The address that a request came from: what budgets and password guards count by, and what people are shown. */
export type CallerAddress = (event: APIGatewayProxyEventV2) => Promise<string>;

/** The address that the gateway saw. Anybody may write any header; nobody can have another address and get the answer. */
export const gatewayAddress: CallerAddress = (event) =>
  Promise.resolve(event.requestContext.http.sourceIp);

/** Added by CloudFront for this service alone; `infra/constructs/edge.ts` says so. */
const edgeSecretHeader = "x-twostep-edge";

/**
 * The address where the service also stands behind CloudFront: there the gateway sees CloudFront, and the caller's address comes in
 * `CloudFront-Viewer-Address`. It is believed beside the secret that only CloudFront knows. Without it, or with a wrong one, the
 * gateway's word stands, so that who calls the gateway directly gains nothing by sending the headers himself.
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

/** The address of `198.51.100.7:4711`, `2001:db8::1:4711` or `[2001:db8::1]:4711`: the port comes last, and an address has colons of its own. */
const addressIn = (text: string): string | undefined => {
  const address = text.replace(/:\d{1,5}$/, "").replace(/^\[(.*)\]$/, "$1");
  return isIP(address) ? address : undefined;
};
