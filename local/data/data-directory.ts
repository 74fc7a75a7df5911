import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { refusal } from "./refusal.ts";

/** Where the stack keeps what must outlive a run. */
export type DataDirectory = {
  path: string;
  read: (name: DataFile) => Promise<unknown>;
  /** Writes a file whole or not at all, readable by its owner alone. */
  write: (name: DataFile, value: unknown) => Promise<void>;
  remove: (name: DataFile) => Promise<void>;
};

type DataFile =
  | "local.json"
  | "clock.json"
  | "secrets.json"
  | "demo.json"
  | "custom-resources.json"
  | "sam-env.json";

/** `.twostep` in the project's folder, wherever the command is given. */
export const DEFAULT_DATA_DIRECTORY = fileURLToPath(new URL("../../.twostep", import.meta.url));

/** Says whose folder it is; written before anything else, so that every later state is recognised. */
const MARKER = "twostep-data";
export const TABLES = "tables";
export const QUEUES = "queues.jsonl";
export const TELEGRAM = "telegram.jsonl";
export const EXECUTIONS = "executions.jsonl";
export const PHONES = "phones.jsonl";
const OURS: readonly string[] = [
  MARKER,
  TABLES,
  QUEUES,
  TELEGRAM,
  EXECUTIONS,
  PHONES,
  "local.json",
  "sam-env.json",
  "clock.json",
  "secrets.json",
  "demo.json",
  "custom-resources.json",
];

/**
 * Opens a data directory, made if it is not there.
 * Refuses a folder that holds other things and is not marked as ours.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  await mkdir(path, { recursive: true });
  const present = await readdir(path);
  if (present.length > 0 && !present.includes(MARKER))
    throw refusal(
      `${path} is not a data folder of Twostep: it holds ${listed(present)}. Choose another with --data.`,
    );
  await writeFile(
    join(path, MARKER),
    "Data of Twostep's local stack. `npm start -- --reset` empties this folder.\n",
  );
  return {
    path,
    read: (name) => readJson(join(path, name)),
    write: (name, value) => writeJson(join(path, name), value),
    remove: (name) => rm(join(path, name), { force: true }),
  };
}

/** Empties a data directory, unless anything in it is not ours: a mistyped path must not cost a folder. */
export async function resetDataDirectory(path: string): Promise<void> {
  const present = await readdir(path).catch((error: unknown): string[] => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  if (present.length === 0) return;
  const foreign = present.filter((name) => !OURS.includes(name.replace(/\.new$/, "")));
  if (foreign.length > 0 || !present.includes(MARKER))
    throw refusal(
      `--reset refuses to empty ${path}: it is not only a data folder of Twostep, it holds ${listed(foreign.length > 0 ? foreign : present)}.`,
    );
  // The marker goes last, so that a reset that was cut short can be run again.
  for (const name of present.filter((each) => each !== MARKER))
    await rm(join(path, name), { recursive: true, force: true });
  await rm(join(path, MARKER));
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and more` : names.join(", ");
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
