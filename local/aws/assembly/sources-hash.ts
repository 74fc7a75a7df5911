import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A hash of the contents of these files and folders under `root`. */
export async function hashSources(root: string, sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const path of await filesUnder(root, source)) {
      const contents = await readFile(join(root, path));
      hash.update(`${path}\0${contents.length}\0`).update(contents);
    }
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesUnder(root: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    const below = entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const inner = `${path}/${entry.name}`;
        return entry.isDirectory() ? filesUnder(root, inner) : Promise.resolve([inner]);
      });
    return (await Promise.all(below)).flat();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}
