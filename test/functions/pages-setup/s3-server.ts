import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

type StoredObject = {
  readonly body: string;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
};

type Fault = "503" | "403" | "hang up" | "lost answer";

export type S3Server = {
  readonly url: string;
  readonly bucket: string;
  readonly objects: Map<string, StoredObject>;
  /** What was done, in IAM's words: `s3:PutObject index.html`. */
  readonly done: string[];
  /** What the next requests meet, one after the other. */
  readonly faults: Fault[];
};

export const credentials = { accessKeyId: "key", secretAccessKey: "secret", sessionToken: "token" };
export const region = "eu-central-1";

/**
 * S3 as far as a bucket is filled: it checks signatures as its documents say ("Signature calculations for the
 * Authorization header: transferring payload in a single chunk"), and lists two keys a page.
 */
export async function anS3(bucket = "pages-bucket"): Promise<S3Server> {
  const s3 = {
    bucket,
    objects: new Map<string, StoredObject>(),
    done: [] as string[],
    faults: [] as Fault[],
  };
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const fault = s3.faults.shift();
      if (fault === "hang up") return void response.destroy();
      if (fault === "503" || fault === "403" || !isSigned(request, body)) {
        const code = fault === "503" ? "SlowDown" : "AccessDenied";
        const xml = `<Error><Code>${code}</Code><Message>arn:aws:iam::111122223333:role/r</Message></Error>`;
        return void response.writeHead(fault === "503" ? 503 : 403).end(xml);
      }
      const answer = answerOf(s3, request, body);
      if (fault === "lost answer") return void response.destroy();
      response.writeHead(answer.status).end(answer.xml);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { ...s3, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const answerOf = (
  { bucket, objects, done }: Omit<S3Server, "url">,
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer,
): { status: number; xml?: string } => {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [, name, ...rest] = pathname.split("/");
  if (name !== bucket) return { status: 404, xml: "<Error><Code>NoSuchBucket</Code></Error>" };
  const key = rest.map(decodeURIComponent).join("/");
  switch (`${method} ${rest.length === 0 ? "bucket" : "object"}`) {
    case "PUT object":
      done.push(`s3:PutObject ${key}`);
      objects.set(key, {
        body: body.toString(),
        contentType: headers["content-type"],
        cacheControl: headers["cache-control"],
      });
      return { status: 200 };
    case "DELETE object":
      done.push(`s3:DeleteObject ${key}`);
      objects.delete(key);
      return { status: 204 };
    case "GET bucket":
      done.push("s3:ListBucket");
      return { status: 200, xml: listOf([...objects.keys()].sort(), searchParams) };
    default:
      return { status: 405 };
  }
};

const listOf = (keys: readonly string[], query: URLSearchParams): string => {
  const from = Number(atob(query.get("continuation-token") ?? "") || 0);
  const page = keys.slice(from, from + 2).map((key) => {
    const shown = new URLSearchParams({ key }).toString().slice(4).replaceAll("%2F", "/");
    return `<Contents><Key>${shown}</Key><Size>1</Size></Contents>`;
  });
  const next = from + 2 < keys.length ? btoa(String(from + 2)) : undefined;
  const more = next && `<NextContinuationToken>${next}</NextContinuationToken>`;
  return `<ListBucketResult><EncodingType>url</EncodingType>${more ?? ""}${page.join("")}</ListBucketResult>`;
};

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/** Unlike other services, S3 signs the path as it is sent, and always the hash of the body. */
const isSigned = ({ method = "", url = "", headers }: IncomingMessage, body: Buffer): boolean => {
  const [, id, scope = "", names = "", signature] =
    /Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const [path = "", query = ""] = url.split("?");
  const text = (name: string) => String(headers[name]);
  const wanted = ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
  if (id !== credentials.accessKeyId || !wanted.every((name) => names.split(";").includes(name)))
    return false;
  if (text("x-amz-content-sha256") !== sha256(body)) return false;
  if (text("x-amz-security-token") !== credentials.sessionToken) return false;
  const canonical = [
    ...[method, path, query.split("&").sort().join("&")],
    ...names.split(";").map((name) => `${name}:${text(name).trim()}`),
    ...["", names, sha256(body)],
  ].join("\n");
  const signed = ["AWS4-HMAC-SHA256", text("x-amz-date"), scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (parent, part) => hmac(parent, part),
      `AWS4${credentials.secretAccessKey}`,
    );
  return (
    scope.endsWith(`/${region}/s3/aws4_request`) && hmac(key, signed).toString("hex") === signature
  );
};
