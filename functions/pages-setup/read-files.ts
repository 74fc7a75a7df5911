import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export type PageFile = {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
};

/** The types of the files that pages are made of. A browser runs no module of another type. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain",
};

/** Every file below a directory; pages come after what they load, so that no page is there before its modules. */
export const readFiles = async (directory: string): Promise<readonly PageFile[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
  const isPage = (path: string) => extname(path) === ".html";
  const ordered = [...paths.filter((path) => !isPage(path)), ...paths.filter(isPage)];
  return Promise.all(
    ordered.map(async (path) => ({
      key: relative(directory, path).split(sep).join("/"),
      body: await readFile(path),
      contentType: types[extname(path)] ?? "application/octet-stream",
    })),
  );
};
