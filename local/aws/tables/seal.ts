import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import * as z from "zod/mini";
import { openJournal, readJournal } from "../data/journal.ts";

// LevelDB gives no error for a log that was cut short or altered: it opens the log with what it held before, and an
// item that was made stricter would be as it was. So the seal notes beside the store what was written, and the next
// start compares.

/** The first `size` bytes of a file have this sum; the file may have grown since. Or the file is gone. */
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
/** This file names the manifest in use. Each start writes it anew, so the seal records only that it exists. */
const CURRENT = "CURRENT";

/**
 * Returns the first file of the store that is not as the last run left it; undefined if all are. Bytes beyond the
 * recorded size belong to a write that was never acknowledged: a process that was killed leaves them, and they are
 * ignored.
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
    // LevelDB deletes a log when there is a newer one, and it notices by itself that a table or a manifest is missing.
    const mayBeGone =
      name !== CURRENT && !(name.endsWith(".log") && !(newestLog > Number.parseFloat(name)));
    if (!mayBeGone) return name;
  }
  return undefined;
}

export type Seal = {
  /** Records what has been written. After it returns, a later start notices if any of that is lost or altered. */
  renew: () => void;
};

/** Opens the seal of a store that this process has opened and compared. */
export function openSeal(storePath: string, sealPath: string): Seal {
  const sums: Sums = new Map();
  const journal = openJournal({
    path: sealPath,
    schema: Change,
    apply: apply(sums),
    snapshot: () => [...sums].map(([file, sum]) => ({ file, ...sum })),
  });
  // When the store opens, it may give the number of an unfinished file to another file, so every sum begins anew.
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
      // A start would throw away a table that the manifest does not name yet.
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

/** The sum of a file's first `size` bytes, continued from a shorter one; undefined if the file is shorter or gone. */
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
