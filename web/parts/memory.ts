/** A browser's storage. If the browser forbids it, the memory keeps nothing and does not throw. */
export type Memory = {
  readonly read: (key: string) => string | undefined;
  readonly write: (key: string, value: string) => void;
};

/** @param storage a function, because reading `localStorage` already throws if the browser forbids it. */
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
