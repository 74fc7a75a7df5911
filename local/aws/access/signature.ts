import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { GatewayRequest } from "../http/request.ts";
import { REGION } from "../template/names.ts";

export type Credentials = { accessKeyId: string; secretAccessKey: string };

/** The one identity of the local stack. It protects nothing: it lets callers sign as they do on AWS. */
export const LOCAL_CREDENTIALS: Credentials = { accessKeyId: "local", secretAccessKey: "local" };

type Signed = Pick<GatewayRequest, "method" | "path" | "rawQuery" | "headers" | "body">;

const ALGORITHM = "AWS4-HMAC-SHA256";
const SERVICE = "execute-api";
/** API Gateway refuses a signature whose time is more than five minutes ago, or ahead. */
const TOLERANCE_MS = 5 * 60 * 1000;

/**
 * Verifies an AWS Signature Version 4 in the Authorization header (AWS IAM user guide, "Create a signed AWS API
 * request").
 * `now` is the real time and not the stack's: the signer does not see the stack's clock.
 */
export function isSigned(request: Signed, credentials: Credentials, now: number): boolean {
  const { headers, body } = request;
  const [, keyId, date, region, service, names, signature] =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers["authorization"] ?? "",
    ) ?? [];
  if (keyId !== credentials.accessKeyId || region !== REGION || service !== SERVICE) return false;
  if (date === undefined || names === undefined || signature === undefined) return false;

  const time = headers["x-amz-date"] ?? "";
  const signedNames = names.split(";");
  if (!time.startsWith(date) || !(Math.abs(millisecondsOf(time) - now) <= TOLERANCE_MS))
    return false;
  if (!signedNames.includes("host") || !signedNames.includes("x-amz-date")) return false;
  const claimed = headers["x-amz-content-sha256"];
  if (claimed !== undefined && claimed !== sha256(body)) return false;

  const expected = signatureOf(request, signedNames, time, credentials);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/** Returns the headers of a signed request. The signature covers everything in `headers`, so `host` must be there. */
export function sign(
  request: Signed,
  credentials: Credentials,
  now: number,
): Record<string, string> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const headers: Record<string, string> = { ...request.headers, "x-amz-date": time };
  const names = Object.keys(headers).sort();
  const scope = `${time.slice(0, 8)}/${REGION}/${SERVICE}/aws4_request`;
  const signature = signatureOf({ ...request, headers }, names, time, credentials);
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function signatureOf(
  request: Signed,
  names: readonly string[],
  time: string,
  credentials: Credentials,
): string {
  const date = time.slice(0, 8);
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.rawQuery),
    ...names.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const text = [
    ALGORITHM,
    time,
    `${date}/${REGION}/${SERVICE}/aws4_request`,
    sha256(canonical),
  ].join("\n");
  const key = [date, REGION, SERVICE, "aws4_request"].reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  return createHmac("sha256", key).update(text).digest("hex");
}

/** For every service except S3, the signed path is normalised, and encoded once more than the sent path. */
function canonicalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(encode(part));
  }
  return `/${parts.join("/")}${parts.length > 0 && path.endsWith("/") ? "/" : ""}`;
}

function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [
        encode(decodeURIComponent(name)),
        encode(decodeURIComponent(value.join("="))),
      ] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map((pair) => pair.join("="))
    .join("&");
}

/** Compares by code unit: `localeCompare` would order encoded names differently from AWS. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Percent-encodes everything except the unreserved characters [RFC 3986]. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function millisecondsOf(time: string): number {
  return Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}
