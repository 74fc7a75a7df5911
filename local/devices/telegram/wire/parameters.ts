import { parseJson } from "../../../aws/data/parse-json.ts";
import type { GatewayRequest } from "../../../aws/http/request.ts";

/** A method's parameters: real values from JSON, text from a query or a form. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Reads parameters from a request's query and body (JSON, a form or multipart); undefined if the body is broken. */
export async function readParameters(request: GatewayRequest): Promise<Parameters | undefined> {
  const query = Object.fromEntries(new URLSearchParams(request.rawQuery));
  const type = request.headers["content-type"] ?? "";
  if (request.body.length === 0) return query;
  if (/^application\/json/i.test(type)) {
    const body = parseJson(request.body.toString());
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? { ...query, ...body }
      : undefined;
  }
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) return query;
  try {
    const form = new Response(new Uint8Array(request.body), { headers: { "content-type": type } });
    // `formData` is deprecated for data from strangers. Here the stack's own bot sends the data.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return { ...query, ...Object.fromEntries(await form.formData()) };
  } catch {
    return undefined;
  }
}

/** A parameter as text; empty if it is missing. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A parameter as an integer, or undefined if it is none. */
export function integerOf(value: unknown): number | undefined {
  const text = textOf(value);
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function flagOf(value: unknown): boolean {
  return ["true", "yes", "1"].includes(textOf(value).toLowerCase());
}

/** A parameter that is an object or a list; in a form it comes as JSON. */
export function structureOf(value: unknown): unknown {
  return typeof value === "string" ? parseJson(value) : value;
}
