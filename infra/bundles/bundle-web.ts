import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { OutputFile } from "esbuild";
import { everyLanguage, type Languages } from "../../lib/settings/languages.ts";
import type { Bundle } from "./bundle.ts";
import { fillPage } from "./fill-page.ts";
import { writeIfChanged } from "./write-if-changed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outputRoot = join(root, "dist", "web");
const page = (name: string) => join(root, "web", "pages", name);

/** The files that browsers load, by names that stay: hosts write these names into their own pages. */
const entryPoints = [
  { in: "web/sign-in.ts", out: "twostep-sign-in" },
  { in: "web/security.ts", out: "twostep-security" },
  { in: "web/client.ts", out: "twostep-client" },
  { in: "web/pages/panel.ts", out: "panel" },
  { in: "web/pages/panel.css", out: "panel" },
];

/** Files that are served as they are written. */
const files = ["icon.svg"];

/**
 * Bundles the elements, the client and the panel page into `directory`: each is one module with its source map beside
 * it, and nothing else. Returns the directory, the metafile and esbuild's warnings. As with the functions, the bytes
 * depend on the sources alone; those of the page depend on its languages too.
 */
export function bundleWeb(
  directory: string = outputRoot,
  languages: Languages = everyLanguage,
): Bundle {
  const { outputFiles, metafile, warnings } = buildSync({
    absWorkingDir: root,
    entryPoints,
    outdir: outputRoot,
    bundle: true,
    platform: "browser",
    format: "esm",
    // The first versions with light-dark(), which the elements use.
    target: ["chrome123", "firefox120", "safari17.5"],
    minify: true,
    // Modules are UTF-8 by definition. Escapes would make Ukrainian and Russian texts three times as long.
    charset: "utf8",
    // The licence texts of bundled packages stay beside their code.
    legalComments: "linked",
    sourcemap: "linked",
    metafile: true,
    write: false,
    logLevel: "silent",
  });

  const written = new Map<string, Uint8Array>([
    ...outputFiles.map((file) => [relative(outputRoot, file.path), withoutIndents(file)] as const),
    ...files.map((name) => [name, readFileSync(page(name))] as const),
    ["index.html", Buffer.from(fillPage(readFileSync(page("index.html"), "utf8"), languages))],
  ]);
  for (const [name, contents] of written) writeIfChanged(join(directory, name), contents);
  // Files that an earlier version of the sources left here must not be deployed with this one.
  for (const name of readdirSync(directory)) {
    if (!written.has(name)) rmSync(join(directory, name), { recursive: true });
  }
  return { directory, metafile, warnings };
}

/**
 * Removes the indents of templates, which keep those of their sources and which nobody needs on the wire. Within a line
 * of a template the source map may point a few columns off; the lines themselves are right.
 */
const withoutIndents = ({ path, contents, text }: OutputFile): Uint8Array =>
  path.endsWith(".js") ? Buffer.from(text.replace(/\n[ \t]+/g, "\n")) : contents;

if (import.meta.main) bundleWeb();
