import type * as z from "zod/mini";
import { neverConnected } from "./never-connected.ts";

export type Fetch = typeof globalThis.fetch;

export type Question = {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Several questions of one method share its three seconds. */
  readonly signal?: AbortSignal;
};

export type Answer<Body> =
  /** `ok` is 2xx; otherwise this is a 4xx, and the carrier did not take the request. */
  | {
      readonly kind: "read";
      readonly httpStatus: number;
      readonly ok: boolean;
      readonly body: Body;
    }
  /** A 4xx without a readable body. */
  | { readonly kind: "declined"; readonly httpStatus: number }
  /** There was no connection, so the carrier got no request. */
  | { readonly kind: "not_reached" }
  /** Anything else: the carrier may have done what it was asked. */
  | { readonly kind: "unknown" };

/** How long a carrier may take for one method of its port. */
export const patience = (): AbortSignal => AbortSignal.timeout(3000);

const maxBytes = 16 * 1024;

/**
 * Asks a carrier once. Never throws, follows no redirect and reads at most 16 KB. It lets out nothing of the request or
 * the answer but what `schema` takes from the answer: both hold numbers, codes and keys.
 */
export const askCarrier = async <Schema extends z.ZodMiniType>(
  fetch: Fetch,
  { method, url, headers, body, signal = patience() }: Question,
  schema: Schema,
): Promise<Answer<z.output<Schema>>> => {
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal,
      headers: {
        accept: "application/json",
        // A function sleeps between calls. A kept connection may be dead by the next call, which would read as unknown.
        connection: "close",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return readAnswer(response, parse(await boundedText(response)), schema);
  } catch (error) {
    return { kind: neverConnected(error) ? "not_reached" : "unknown" };
  }
};

const readAnswer = <Schema extends z.ZodMiniType>(
  { status, ok }: Response,
  json: unknown,
  schema: Schema,
): Answer<z.output<Schema>> => {
  const parsed = schema.safeParse(json);
  if (!ok && !isNotTaken(status)) return { kind: "unknown" };
  if (parsed.success) return { kind: "read", httpStatus: status, ok, body: parsed.data };
  return ok ? { kind: "unknown" } : { kind: "declined", httpStatus: status };
};

/** A redirect or a 5xx says nothing about what the server did; 408 and 409 may answer a request that was taken. */
const isNotTaken = (status: number) =>
  status >= 400 && status < 500 && status !== 408 && status !== 409;

/** The body, or undefined if it is too long. The request's signal also ends the reading. */
const boundedText = async ({ body }: Response): Promise<string | undefined> => {
  if (!body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop cancels the stream and with it the connection.
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const parse = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // The error quotes the body, so it goes no further.
    return undefined;
  }
};
