import { isRefusal, refusal } from "./refusal.ts";

/** The system's words for an error. Some libraries, such as LevelDB, pass on the words and not the code. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "ENOSPC"],
  [/disk quota exceeded/i, "EDQUOT"],
  [/read-only file system/i, "EROFS"],
  [/permission denied/i, "EACCES"],
  [/operation not permitted/i, "EPERM"],
  [/input\/output error/i, "EIO"],
];

const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/**
 * Makes a refusal, for the operator, from an error about a data folder that cannot be used; undefined for any other
 * error.
 */
export function storageRefusal(error: unknown, folder: string): Error | undefined {
  if (isRefusal(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, path = folder, message } = error as NodeJS.ErrnoException;
  const known = code?.startsWith("E") === true && !code.startsWith("ERR_") ? code : undefined;
  const reason = known ?? WORDS.find(([words]) => words.test(message))?.[1];
  if (reason === undefined) return undefined;
  if (FULL.has(reason))
    return refusal(
      `The disk with ${path} is full. Free some space and start again: what was acknowledged before is there.`,
    );
  // For a path outside the data folder, a stack trace says more.
  if (!path.startsWith(folder) && !folder.startsWith(path)) return undefined;
  switch (reason) {
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return refusal(
        `${path} cannot be written (${reason}). Let this user write there, or choose another folder with --data.`,
      );
    case "ENOTDIR":
    case "EEXIST":
      return refusal(`${path} is no folder and cannot become one. Choose another with --data.`);
    case "ENOENT":
    case "EISDIR":
    case "EIO":
      return refusal(
        `${path} cannot be used (${message}). Mend that, or choose another folder with --data.`,
      );
    default:
      return undefined;
  }
}

/** Runs work that uses the data folder. If the folder cannot be used, rejects with a sentence that says what to do. */
export async function usingStorage<Result>(
  path: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storageRefusal(error, path) ?? error;
  }
}
