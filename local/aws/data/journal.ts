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

/** Keeps a state in memory, and the list of its changes in a file, so that the state outlives the process. */
export type Journal<Change> = {
  /** Makes the changes. After it returns, they are kept even if the process is killed. */
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
  /** Returns changes that build the present state from an empty one. */
  snapshot: () => readonly Change[];
};

/** The journal rewrites its file after this many changes. */
const REWRITE_AFTER = 5000;

/** Applies the changes of a journal, and leaves its file as it is. Refuses a damaged file. */
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
 * Opens a journal and applies its changes. Writes are synchronous: the system has the whole line before any caller
 * hears of the change. A process that was killed may leave a part of a line; that change was never acknowledged, and
 * the journal drops it. If the disk is full, `record` throws, and neither the file nor the memory has changed.
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
        // There is no room for a second file. The first one is whole and stays in use; the next change tries again.
        return;
      }
      closeSync(before);
    },
    close: () => closeSync(file),
  };
}

/** Appends the lines completely or not at all: a part of a line would make the next one unreadable. */
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
