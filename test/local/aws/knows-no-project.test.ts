import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// `local/aws` runs any template. Who wants to know what the service does must not have to read it, and the other way round. That it imports
// nothing of the project is a rule of .dependency-cruiser.mjs, see test/check/folders.test.ts.

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("no word of local/aws is the service's own", async () => {
  const folder = join(root, "local/aws");
  const names = await readdir(folder, { recursive: true });
  const own = /twostep|telegram|carrier|ucaller|sign-?in|second step|\bdemo\b|\/devices/i;
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(".ts"))
      .map(async (name) => (own.test(await readFile(join(folder, name), "utf8")) ? [name] : [])),
  );
  expect(found.flat()).toEqual([]);
});
