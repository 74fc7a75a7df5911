import { createHash, createHmac } from "node:crypto";

export type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** A role's credentials have one. */
  readonly sessionToken?: string | undefined;
};

export type RequestToSign = {
  readonly method: string;
  /** Without a query; its path has unreserved characters and slashes alone. */
  readonly url: URL;
  readonly body: string;
};

/**
 * Returns the headers of a JSON request to an API behind IAM, signed with Signature Version 4 [AWS IAM user guide,
 * "Create a signed AWS API request"]. Throws for a URL that would have to be encoded for its signature: we have none.
 */
export const signRequest = (
  { method, url, body }: RequestToSign,
  { accessKeyId, secretAccessKey, sessionToken }: SigningCredentials,
  region: string,
  now: number,
): Readonly<Record<string, string>> => {
  if (url.search !== "" || !/^[A-Za-z0-9/._~-]*$/.test(url.pathname)) {
    throw new Error("This URL cannot be signed here.");
  }
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const date = time.slice(0, 8);
  const headers = {
    "content-type": "application/json",
    "x-amz-date": time,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  // `fetch` sends the host itself.
  const signed = Object.entries({ ...headers, host: url.host }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, url.pathname, "", lines.join(""), names, sha256(body)].join("\n");
  const scope = `${date}/${region}/execute-api/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [date, region, "execute-api", "aws4_request"].reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
