import { checkPassword, hashPassword } from "../../lib/crypto/password-hash.ts";

/**
 * The hash that an account has to get so that this password is its own; undefined where it has it already, or where no
 * password was given. A hash says nothing of another hash of the same password, so what the account has is tried; that
 * costs as much as hashing, and is done once for each hash that is met.
 *
 * @param salt 16 fresh random bytes.
 */
export const newHash = (password: string | undefined, salt: () => Buffer) => {
  const isOwn = new Map<string, Promise<boolean>>();
  let made: Promise<string> | undefined;
  return async (stored: string | null): Promise<string | undefined> => {
    if (password === undefined) return undefined;
    if (stored !== null) {
      const known = isOwn.get(stored) ?? tries(password, stored);
      isOwn.set(stored, known);
      if (await known) return undefined;
    }
    made ??= hashPassword(password, salt());
    return made;
  };
};

const tries = async (password: string, stored: string): Promise<boolean> => {
  const { right, outdated } = await checkPassword(password, stored);
  return right && !outdated;
};
