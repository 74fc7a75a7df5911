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

/** What browsers load, by the name that it keeps: hosts write these names into their own pages. */
const entryPoints = [
  { in: "web/sign-in.ts", out: "twostep-sign-in" },
  { in: "web/security.ts", out: "twostep-security" },
  { in: "web/client.ts", out: "twostep-client" },
  { in: "web/pages/panel.ts", out: "panel" },
  { in: "web/pages/panel.css", out: "panel" },
];

/** What is served as it is written. */
const files = ["icon.svg"];

/**
 * Bundles the elements, the client and the panel page into `directory`: one module each, its source map beside it, and nothing else.
 * Returns the directory, the metafile and what esbuild warned of. As with the functions, the bytes depend on the sources alone, and those
 * of the page on its languages.
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
    // The first of each with light-dark(), which the elements are drawn with.
    target: ["chrome123", "firefox120", "safari17.5"],
    minify: true,
    // Modules are UTF-8 by definition; escapes would make Ukrainian and Russian texts three times as long.
    charset: "utf8",
    // Licence texts of what was drawn in stay beside the code that they are about.
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
  // What an earlier version of the sources left here must not be deployed with this one.
  for (const name of readdirSync(directory)) {
    if (!written.has(name)) rmSync(join(directory, name), { recursive: true });
  }
  return { directory, metafile, warnings };
}

/**
 * Templates keep the indents of their sources, which nobody needs on the wire. Between lines of a template a map points a few columns
 * off; lines themselves are as they were.
 */
const withoutIndents = ({ path, contents, text }: OutputFile): Uint8Array =>
  path.endsWith(".js") ? Buffer.from(text.replace(/\n[ \t]+/g, "\n")) : contents;

if (import.meta.main) bundleWeb();
