import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** A request as it came in, with its whole body. */
export type GatewayRequest = {
  method: string;
  /** As sent, still percent-encoded. */
  path: string;
  rawQuery: string;
  protocol: string;
  /** Lower-case names; several values of one name joined by commas, cookies by semicolons. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
};

/** HTTP APIs take bodies of up to 10 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_DRAINED_BYTES = 10 * MAX_BODY_BYTES;

/** Lets one machine play several people: the gateway reads the source address here, and functions never see it. */
const SOURCE_IP_HEADER = "x-local-source-ip";

/** Reads a request, or says that its body is too large. */
export async function readRequest(
  incoming: IncomingMessage,
): Promise<GatewayRequest | "too_large"> {
  const body = await readBody(incoming);
  if (body === "too_large") return body;
  const { [SOURCE_IP_HEADER]: playedIp, ...headers } = joinHeaders(incoming.rawHeaders);
  const { path, rawQuery } = splitTarget(incoming.url ?? "/");
  return {
    method: incoming.method ?? "GET",
    path,
    rawQuery,
    protocol: `HTTP/${incoming.httpVersion}`,
    headers,
    body,
    sourceIp:
      playedIp !== undefined && isIP(playedIp) ? playedIp : (incoming.socket.remoteAddress ?? ""),
  };
}

/** Splits a request target. A client that takes the server for a proxy sends a whole URL. */
function splitTarget(target: string): { path: string; rawQuery: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, "");
  const query = local.indexOf("?");
  const path = query < 0 ? local : local.slice(0, query);
  return { path: path === "" ? "/" : path, rawQuery: query < 0 ? "" : local.slice(query + 1) };
}

/** Reads even a body that is too large, up to a limit: a client that is still writing does not see an answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | "too_large"> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks = [];
    if (size > MAX_DRAINED_BYTES) break;
  }
  return size > MAX_BODY_BYTES ? "too_large" : Buffer.concat(chunks);
}

function joinHeaders(raw: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    const before = joined[name];
    joined[name] =
      before === undefined ? value : `${before}${name === "cookie" ? "; " : ","}${value}`;
  }
  return joined;
}
