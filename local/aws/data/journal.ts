import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import type * as z from "zod/mini";
import { parseJson } from "./parse-json.ts";
import { refusal } from "./refusal.ts";

/** A state in memory that outlives the process, as the list of its changes in a file. */
export type Journal<Change> = {
  /** Makes the changes; when it returns, a process that is killed has kept them. */
  record: (...changes: readonly Change[]) => void;
  close: () => void;
};

export type KeptJournal<Change> = {
  path: string;
  schema: z.ZodMiniType<Change>;
  /** Makes one change in memory. */
  apply: (change: Change) => void;
};

export type JournalOptions<Change> = KeptJournal<Change> & {
  /** Changes that make the present state out of nothing. */
  snapshot: () => readonly Change[];
};

/** The file is written anew when it has grown by this many changes. */
const REWRITE_AFTER = 5000;

/** Applies what a journal holds, and leaves its file as it is. */
export function readJournal<Change>({ path, schema, apply }: KeptJournal<Change>): void {
  for (const line of completeLines(path)) {
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success)
      throw refusal(
        `${path} is of another version, or damaged. Put back a copy of its whole folder, or start anew with --reset.`,
      );
    apply(parsed.data);
  }
}

/**
 * Opens a journal and applies what it holds. Writing is synchronous: a line is with the system, whole, before anybody is told of it.
 * What a process that was killed had written in part was never acknowledged, and is dropped. Where the disk is full, `record`
 * throws, and neither the file nor the memory has changed.
 */
export function openJournal<Change>(options: JournalOptions<Change>): Journal<Change> {
  const { path, apply, snapshot } = options;
  readJournal(options);

  let written = 0;
  const rewrite = (): number => {
    writeFileSync(`${path}.new`, toLines(snapshot()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    written = 0;
    return openSync(path, "a");
  };
  let file = rewrite();

  return {
    record: (...changes) => {
      if (changes.length === 0) return;
      append(file, toLines(changes));
      changes.forEach(apply);
      written += changes.length;
      if (written < REWRITE_AFTER) return;
      const before = file;
      try {
        file = rewrite();
      } catch {
        // No room for a second file: the first one is whole and goes on, and the next change tries again.
        return;
      }
      closeSync(before);
    },
    close: () => closeSync(file),
  };
}

/** Whole or not at all: a part of a line would make the next one unreadable. */
function append(file: number, lines: string): void {
  const { size } = fstatSync(file);
  try {
    appendFileSync(file, lines);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

function toLines(changes: readonly unknown[]): string {
  return changes.map((change) => `${JSON.stringify(change)}\n`).join("");
}

function completeLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
