import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

type BucketFile = {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
};

/** A bucket of S3, as far as files are put into it and taken away. Keys are paths such as `panel/index.html`. */
export type Bucket = {
  put(key: string, file: BucketFile, signal: AbortSignal): Promise<void>;
  keys(signal: AbortSignal): Promise<readonly string[]>;
  remove(key: string, signal: AbortSignal): Promise<void>;
};

export type S3Settings = {
  /** S3's address in the region, `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly pauseMs: number;
};

type Call = {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
};

type Answer = { readonly status: number; readonly text: string };

const tries = 3;

/**
 * The three operations that filling a bucket needs, over S3's REST API: AWS's whole client would be ten times the rest of
 * the function. Each is repeatable, and is tried three times.
 */
export const s3Bucket = (settings: S3Settings): Bucket => {
  const { region, credentials, bucket } = settings;
  // S3 takes a path that is encoded once, and wants the hash of the body beside the signature.
  const signer = new SignatureV4({
    ...{ service: "s3", region, credentials, sha256: Sha256 },
    uriEscapePath: false,
    applyChecksum: true,
  });
  const call = (one: Call, signal: AbortSignal) => patiently(settings, signer, one, signal);
  const pathOf = (key: string) => `/${bucket}/${key.split("/").map(escaped).join("/")}`;
  return {
    async put(key, { body, contentType, cacheControl }, signal) {
      const headers = { "content-type": contentType, "cache-control": cacheControl };
      await call({ method: "PUT", path: pathOf(key), headers, body }, signal);
    },
    async keys(signal) {
      const all: string[] = [];
      for (let token: string | undefined, first = true; first || token; first = false) {
        const query = {
          "list-type": "2",
          "encoding-type": "url",
          ...(token && { "continuation-token": token }),
        };
        const page = await call({ method: "GET", path: `/${bucket}`, query }, signal);
        all.push(...[...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => decoded(key)));
        token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1];
      }
      return all;
    },
    async remove(key, signal) {
      await call({ method: "DELETE", path: pathOf(key) }, signal);
    },
  };
};

/** As S3 wants a key within a path. */
const escaped = (part: string): string =>
  encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** S3 lists keys as a form encodes them. */
const decoded = (key: string): string => decodeURIComponent(key.replaceAll("+", " "));

/** Names S3's own code: the rest of an answer has ids of the account in it. */
const refusalOf = ({ status, text }: Answer): Error => {
  const [, code = "no code"] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
  const error = new Error(`S3 answered ${status} ${code}.`);
  error.name = "S3Refusal";
  return error;
};

/** Repeats what S3 could not do at the moment. Throws an error that names S3's own code and no more. */
const patiently = async (
  settings: S3Settings,
  signer: SignatureV4,
  one: Call,
  signal: AbortSignal,
): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(settings, signer, one, signal).catch((fault: unknown) => {
      if (attempt === tries || signal.aborted) throw fault;
      return { status: 503, text: "" };
    });
    if (answer.status < 300) return answer.text;
    const passing = answer.status >= 500 || answer.status === 429;
    if (!passing || attempt === tries) throw refusalOf(answer);
    await new Promise((resolve) => setTimeout(resolve, settings.pauseMs * attempt));
  }
};

const send = async (
  { endpoint }: S3Settings,
  signer: SignatureV4,
  { method, path, query = {}, headers = {}, body }: Call,
  signal: AbortSignal,
): Promise<Answer> => {
  const url = new URL(endpoint);
  const { headers: signed } = await signer.sign({
    ...{ method, path, query, protocol: url.protocol, hostname: url.hostname },
    headers: { ...headers, host: url.host },
    body,
  });
  const search = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const response = await fetch(`${url.origin}${path}${search && `?${search}`}`, {
    ...{ method, headers: signed, signal },
    ...(body && { body: Buffer.from(body) }),
  });
  return { status: response.status, text: await response.text() };
};
