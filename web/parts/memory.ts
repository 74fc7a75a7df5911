/** A browser's memory that may be closed to us: then it remembers nothing, and nobody fails for it. */
export type Memory = {
  readonly read: (key: string) => string | undefined;
  readonly write: (key: string, value: string) => void;
};

/** @param storage a function, since naming `localStorage` throws already where a browser forbids it. */
export const memoryIn = (storage: () => Storage): Memory => {
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined;
    }
  };
  return {
    read: (key) => attempt((storage) => storage.getItem(key)) ?? undefined,
    write: (key, value) => {
      attempt((storage) => storage.setItem(key, value));
    },
  };
};
