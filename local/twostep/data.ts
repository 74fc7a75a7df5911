import { fileURLToPath } from "node:url";
import { openDataDirectory, resetDataDirectory } from "../aws/data/data-directory.ts";
import type { DataDirectory, DataKind } from "../aws/data/data-directory.ts";
import { PHONES } from "../devices/phones/phones.ts";
import { CHATS } from "../devices/telegram/telegram.ts";

/** `.twostep` in the project's folder, wherever the command is given. */
export const DEFAULT_DATA_DIRECTORY = fileURLToPath(new URL("../../.twostep", import.meta.url));

/** The file that says where the stack is, while it runs. */
export const RUNNING = "local.json";
export const SAM_ENVIRONMENT = "sam-env.json";
export const DEMO_ACCOUNT = "demo.json";

const KIND: DataKind = {
  project: "Twostep",
  marker: "twostep-data",
  files: [RUNNING, SAM_ENVIRONMENT, DEMO_ACCOUNT, CHATS, PHONES],
};

/** Opens a data folder of the stack, and makes it if it is missing. Refuses a folder that is not the stack's. */
export const openData = (path: string): Promise<DataDirectory> => openDataDirectory(path, KIND);

/** Empties a data folder. Refuses a folder that holds other files. */
export const resetData = (path: string): Promise<void> => resetDataDirectory(path, KIND);
