import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Answer } from "../http/answer.ts";
import type { GatewayRequest } from "../http/request.ts";
import type { PagesPlan } from "../plan/pages-plan.ts";

/** The answer to a request for a page; undefined if the request is not for a page. */
export type Pages = (
  request: Pick<GatewayRequest, "method" | "path">,
) => Promise<Answer> | undefined;

/** S3 and the AWS CLI know a file's type by its name alone. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".map": "application/json",
  ".txt": "text/plain",
};

/** The distribution's default root object. */
const ROOT = "index.html";

/**
 * Plays CloudFront and its bucket: serves the files that a deploy would put there, with the headers that the template
 * gives them. Only a file directly in the folder is a page, so that no path leads out of the folder.
 */
export function openPages(plan: PagesPlan | undefined): Pages {
  const names = new Set(plan ? readdirSync(plan.directory) : []);
  return ({ method, path }) => {
    const name = path === "/" ? ROOT : path.slice(1);
    if (!plan || !names.has(name) || (method !== "GET" && method !== "HEAD")) return undefined;
    return readFile(join(plan.directory, name)).then((body) => ({
      status: 200,
      headers: {
        ...plan.headers,
        "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      },
      body,
    }));
  };
}
