import { checkPassword, hashPassword } from "../../lib/crypto/password-hash.ts";

/**
 * The hash that makes this password the account's own; undefined where the account has the password already, in a hash
 * that is not outdated, or where no password was given. Two hashes of one password cannot be compared, so the function
 * tries the password on the stored hash. That costs as much as hashing; it is done once for each stored hash.
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
