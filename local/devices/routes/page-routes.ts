import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer } from "../../aws/http/answer.ts";
import type { DeviceRoutes } from "../api/api.ts";

const folder = fileURLToPath(new URL("../page", import.meta.url));

/** Lit writes no inline styles or scripts, so neither is allowed. Dropped pictures of QR codes are data or blobs. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Bundle = { script: Buffer; style: Buffer };

/**
 * The routes of the page that plays the phones. The page is bundled when it is opened, which takes some hundredths of a
 * second. So the stack's start does not wait for it, and a reload shows a change of the page.
 */
export function pageRoutes(): DeviceRoutes {
  let bundling: Promise<Bundle> | undefined;
  const bundled = (): Promise<Bundle> => (bundling ??= bundle());
  return {
    "GET /devices": async () => {
      bundling = bundle();
      const [page] = await Promise.all([readFile(join(folder, "index.html")), bundling]);
      return served("text/html; charset=utf-8", page);
    },
    "GET /devices/page.js": async () =>
      served("text/javascript; charset=utf-8", (await bundled()).script),
    "GET /devices/page.css": async () => served("text/css; charset=utf-8", (await bundled()).style),
  };
}

async function bundle(): Promise<Bundle> {
  // The import is here, so that a stack whose page is never opened does not load esbuild.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ["page.ts", "page.css"],
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const output = (ending: string): Buffer =>
    Buffer.from(outputFiles.find(({ path }) => path.endsWith(ending))?.contents ?? []);
  return { script: output(".js"), style: output(".css") };
}

function served(type: string, body: Buffer): Answer {
  return {
    status: 200,
    headers: {
      "content-type": type,
      "content-security-policy": POLICY,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
    body,
  };
}
