import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type * as z from "zod/mini";
import { problem, type Problem } from "./problem.ts";

const maxBytes = 8 * 1024;

export type BodyProblem = Problem<
  "payload_too_large" | "unsupported_media_type" | "invalid_json" | "invalid_request"
>;

/**
 * Returns the request's body as its schema makes it, or a problem that names each wrong field. The answer never repeats
 * a value: it may be a password or a code. A missing body reads as an empty object, so that the problem names the
 * missing fields.
 */
export const readBody = <Schema extends z.ZodMiniType>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
): { readonly body: z.output<Schema> } | BodyProblem => {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > maxBytes) return problem("payload_too_large", { detail: "8 KB at most" });
  if (bytes.length > 0 && !isJson(event.headers["content-type"])) {
    return problem("unsupported_media_type");
  }
  const json = parseJson(bytes.length === 0 ? Buffer.from("{}") : bytes);
  if (!json) return problem("invalid_json");
  const parsed = schema.safeParse(json.value);
  return parsed.success
    ? { body: parsed.data }
    : problem("invalid_request", { errors: fieldErrors(parsed.error.issues, json.value) });
};

const isJson = (contentType: string | undefined) =>
  /^application\/json *(?:;.*)?$/i.test(contentType?.trim() ?? "");

/**
 * Parses JSON that means the same to every reader [I-JSON, RFC 7493 §2]: well-formed Unicode, and no name twice in an
 * object. Returns undefined for anything else. The error would quote the body, so it is dropped.
 */
const parseJson = (bytes: Buffer): { value: unknown } | undefined => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    let names = 0;
    const value: unknown = JSON.parse(text, (name, inner: unknown) => {
      if (!name.isWellFormed()) throw new SyntaxError();
      if (typeof inner === "string" && !inner.isWellFormed()) throw new SyntaxError();
      if (isObject(inner)) names += Object.keys(inner).length;
      return inner;
    });
    return names === namesIn(text) ? { value } : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Counts the names as they are written: strings before a colon. The pattern matches whole strings, so that no string
 * can hide another.
 */
const namesIn = (json: string): number =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;

const fieldErrors = (issues: readonly z.core.$ZodIssue[], value: unknown) =>
  issues.slice(0, 10).map((issue) => ({
    pointer: issue.path.map((part) => `/${String(part)}`).join(""),
    detail: explain(issue, at(value, issue.path)),
  }));

const explain = (issue: z.core.$ZodIssue, value: unknown): string => {
  if (value === undefined) return "is required";
  switch (issue.code) {
    case "invalid_type":
      return `must be a ${issue.expected}`;
    case "too_small":
      return `must have at least ${issue.minimum} characters`;
    case "too_big":
      return `must have at most ${issue.maximum} characters`;
    case "unrecognized_keys":
      return "has unknown fields";
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "invalid_format":
      return issue.format === "email" ? "must be a mail address" : issue.message;
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return issue.message;
  }
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key)
        : undefined,
    value,
  );
