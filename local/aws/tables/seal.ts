import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import * as z from "zod/mini";
import { openJournal, readJournal } from "../data/journal.ts";

// LevelDB opens a log that was cut short or altered without a word, with what it held before: an item that was made stricter
// would be as it was. So what was written is noted beside it, and compared before the next start.

/** The first `size` bytes of a file have this sum; a file may have grown since. Or the file is there no more. */
const Change = z.union([
  z.object({ file: z.string(), size: z.number(), crc: z.number() }),
  z.object({ gone: z.string() }),
]);
type Change = z.infer<typeof Change>;
type Sum = { readonly size: number; readonly crc: number };
type Sums = Map<string, Sum>;

const apply =
  (sums: Sums) =>
  (change: Change): void => {
    if ("gone" in change) sums.delete(change.gone);
    else sums.set(change.file, { size: change.size, crc: change.crc });
  };

/** The store's files that only grow. */
const GROWING = /^(?:\d+\.(?:log|ldb|sst)|MANIFEST-\d+)$/;
const TABLE = /\.(?:ldb|sst)$/;
/** Names the manifest in use. It is written anew at each start, so only that it is there is noted. */
const CURRENT = "CURRENT";

/**
 * The first file of the store that is not as the last run left it, undefined where all is well. Bytes beyond what was noted
 * belong to a write that was never acknowledged: a process that was killed leaves them, and they are not looked at.
 */
export function findDamage(storePath: string, sealPath: string): string | undefined {
  const sums: Sums = new Map();
  readJournal({ path: sealPath, schema: Change, apply: apply(sums) });
  if (sums.size === 0) return undefined;
  const present = new Set(namesIn(storePath));
  const newestLog = Math.max(
    ...[...present].filter((name) => name.endsWith(".log")).map(Number.parseFloat),
  );
  for (const [name, sum] of sums) {
    if (present.has(name)) {
      if (sumOf(join(storePath, name), sum.size)?.crc !== sum.crc) return name;
      continue;
    }
    // LevelDB deletes a log when a newer one is there, and finds out by itself that a table or a manifest is missing.
    const mayBeGone =
      name !== CURRENT && !(name.endsWith(".log") && !(newestLog > Number.parseFloat(name)));
    if (!mayBeGone) return name;
  }
  return undefined;
}

export type Seal = {
  /** Notes what has been written; when it returns, a later start finds out if any of that is lost or altered. */
  renew: () => void;
};

/** Opens the seal of a store that this process has open and has compared. */
export function openSeal(storePath: string, sealPath: string): Seal {
  const sums: Sums = new Map();
  const journal = openJournal({
    path: sealPath,
    schema: Change,
    apply: apply(sums),
    snapshot: () => [...sums].map(([file, sum]) => ({ file, ...sum })),
  });
  // Opening may have given a number of a file that was not finished to another file.
  const read: Sums = new Map();

  const renew = (): void => {
    const names = namesIn(storePath);
    const committedAt = Math.max(
      ...names
        .filter((name) => name.startsWith("MANIFEST-"))
        .map((name) => statOf(join(storePath, name))?.mtimeMs ?? 0),
    );
    const changes: Change[] = [...sums.keys()]
      .filter((name) => !names.includes(name))
      .map((gone) => ({ gone }));
    for (const file of names) {
      const path = join(storePath, file);
      const { size = 0, mtimeMs = 0 } = (GROWING.test(file) ? statOf(path) : undefined) ?? {};
      // A table that the manifest does not name yet would be thrown away by a start.
      if (file !== CURRENT && (size === 0 || (TABLE.test(file) && mtimeMs > committedAt))) continue;
      const sum = file === CURRENT ? NOTHING : sumOf(path, size, read.get(file));
      if (!sum) continue;
      read.set(file, sum);
      const noted = sums.get(file);
      if (noted?.size !== sum.size || noted.crc !== sum.crc) changes.push({ file, ...sum });
    }
    journal.record(...changes);
  };
  renew();
  return { renew };
}

const NOTHING: Sum = { size: 0, crc: 0 };

/** The sum of a file's beginning, gone on with from a shorter one; undefined where the file is shorter or not there. */
function sumOf(path: string, size: number, from: Sum = NOTHING): Sum | undefined {
  if (from.size === size) return from;
  const rest = Buffer.alloc(size - from.size);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    let length = 0;
    while (length < rest.length) {
      const read = readSync(file, rest, length, rest.length - length, from.size + length);
      if (read === 0) return undefined;
      length += read;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return { size, crc: crc32(rest, from.crc) };
}

const namesIn = (path: string): string[] => {
  try {
    return readdirSync(path).filter((name) => name === CURRENT || GROWING.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });
