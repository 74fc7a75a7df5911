import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type * as z from "zod/mini";
import { parseJson } from "./parse-json.ts";
import { refusal } from "./refusal.ts";
import { usingStorage } from "./storage-refusal.ts";

/** The folder in which the stack keeps the data that must outlive a run. */
export type DataDirectory = {
  path: string;
  /** Reads the value of a file; undefined if there is no file. Refuses a damaged file. */
  read: <Value>(name: string, schema: z.ZodMiniType<Value>) => Promise<Value | undefined>;
  /** Writes a file completely or not at all. Only its owner can read it. */
  write: (name: string, value: unknown) => Promise<void>;
  remove: (name: string) => Promise<void>;
};

/** What distinguishes a project's data folders from all other folders. */
export type DataKind = {
  /** The project's name, for people. */
  project: string;
  /** The file that marks a folder. It is written first, so that the folder is recognised in every later state. */
  marker: string;
  /** The files that the project keeps there beside those that this module names. */
  files: readonly string[];
};

export const TABLES = "tables";
/** What the store wrote into `TABLES`, see `tables/seal.ts`. */
const SEAL = `${TABLES}.seal`;
export const QUEUES = "queues.jsonl";
export const EXECUTIONS = "executions.jsonl";
export const CLOCK = "clock.json";
export const SECRETS = "secrets.json";
export const CUSTOM_RESOURCES = "custom-resources.json";
const OWN_FILES = [TABLES, SEAL, QUEUES, EXECUTIONS, CLOCK, SECRETS, CUSTOM_RESOURCES];

/**
 * Opens a data directory, and makes it if it is missing.
 * Refuses a folder that holds other files and has no marker of this kind.
 */
export async function openDataDirectory(
  path: string,
  { project, marker }: DataKind,
): Promise<DataDirectory> {
  await mkdir(dirname(path), { recursive: true });
  // Not recursive: with `recursive`, Node tries for ever where the system makes none (/proc), and hides why elsewhere.
  await mkdir(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  const present = await readdir(path);
  if (present.length > 0 && !present.includes(marker))
    throw refusal(
      `${path} is not a data folder of ${project}: it holds ${listed(present)}. Choose another with --data.`,
    );
  await writeFile(
    join(path, marker),
    `Data of ${project}'s local stack. \`npm start -- --reset\` empties this folder.\n`,
  );
  return {
    path,
    read: (name, schema) => usingStorage(path, () => readJson(join(path, name), schema)),
    write: (name, value) => usingStorage(path, () => writeJson(join(path, name), value)),
    remove: (name) => rm(join(path, name), { force: true }),
  };
}

/** Empties a data directory. Refuses one with foreign files or no marker: a mistyped path must not cost a folder. */
export async function resetDataDirectory(
  path: string,
  { project, marker, files }: DataKind,
): Promise<void> {
  const present = await readdir(path).catch((error: unknown): string[] => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  if (present.length === 0) return;
  const known: readonly string[] = [marker, ...OWN_FILES, ...files];
  const foreign = present.filter((name) => !known.includes(name.replace(/\.new$/, "")));
  if (foreign.length > 0 || !present.includes(marker))
    throw refusal(
      `--reset refuses to empty ${path}: it is not only a data folder of ${project}, it holds ${listed(foreign.length > 0 ? foreign : present)}.`,
    );
  // The marker goes last, so that a reset that was cut short can run again. The seal goes after the tables, so that no
  // start uses tables that are half deleted.
  const last = [SEAL, marker];
  for (const name of [...present.filter((each) => !last.includes(each)), ...last])
    await rm(join(path, name), { recursive: true, force: true });
}

function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and more` : names.join(", ");
}

async function readJson<Value>(
  path: string,
  schema: z.ZodMiniType<Value>,
): Promise<Value | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw refusal(
    `${path} is of another version, or damaged. Put back a copy of its whole folder, or start anew with --reset.`,
  );
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
