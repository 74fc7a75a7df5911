import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as z from "zod/mini";
import { parseJson } from "../parse-json.ts";
import { refusal } from "./refusal.ts";
import { usingStorage } from "./storage-refusal.ts";

/** Where the stack keeps what must outlive a run. */
export type DataDirectory = {
  path: string;
  /** The value of a file, undefined where there is none. Refuses one that is damaged. */
  read: <Value>(name: DataFile, schema: z.ZodMiniType<Value>) => Promise<Value | undefined>;
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
/** What was written there, see `tables/seal.ts`. */
export const SEAL = `${TABLES}.seal`;
export const QUEUES = "queues.jsonl";
export const TELEGRAM = "telegram.jsonl";
export const EXECUTIONS = "executions.jsonl";
export const PHONES = "phones.jsonl";
const OURS: readonly string[] = [
  MARKER,
  TABLES,
  SEAL,
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
  await mkdir(dirname(path), { recursive: true });
  // By itself: asked to make parents too, Node tries for ever where the system makes none (/proc), and hides why elsewhere.
  await mkdir(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
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
    read: (name, schema) => usingStorage(path, () => readJson(join(path, name), schema)),
    write: (name, value) => usingStorage(path, () => writeJson(join(path, name), value)),
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
  // The marker goes last, so that a reset that was cut short can be run again. The seal goes after the tables: those that are
  // half gone must not be started from.
  const last = [SEAL, MARKER];
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
