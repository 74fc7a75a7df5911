import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { inTurn } from "./in-turn.ts";

/** argon2id, m = 19 MiB, t = 2, p = 1 [OWASP ASVS 5.0, appendix C; RFC 9106]. */
const current = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

type Parameters = typeof current;
type Parsed = Parameters & { readonly salt: Buffer; readonly tag: Buffer };

const argon2Async = promisify(argon2);

/**
 * Runs hashes on libuv's threads, at most two at a time. Each takes 19 MiB and a core, and a burst of sign-ins must not
 * starve the rest of the process.
 */
const hashing = inTurn(2);

const derive = (password: string, salt: Buffer, { memory, passes, parallelism }: Parameters) =>
  hashing(() =>
    argon2Async("argon2id", {
      message: Buffer.from(password.normalize("NFKC")),
      nonce: salt,
      memory,
      passes,
      parallelism,
      tagLength,
    }),
  );

const encode = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

/**
 * The PHC string of a password. Passwords are compared exactly after NFKC [NIST SP 800-63B-4 §3.1.1.2].
 *
 * @param salt 16 fresh random bytes.
 */
export const hashPassword = async (password: string, salt: Buffer): Promise<string> => {
  const { memory, passes, parallelism } = current;
  const tag = await derive(password, salt, current);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
};

export type PasswordCheck = { readonly right: boolean; readonly outdated: boolean };

/**
 * Whether the password matches the PHC string, and whether the string was made with other parameters than today's.
 * Without a string (unknown mail, account without a password) the function takes the same time and returns `right:
 * false`, so that the time tells nothing. Throws if the string is not a PHC string of argon2id.
 */
export const checkPassword = async (
  password: string,
  phc: string | null | undefined,
): Promise<PasswordCheck> => {
  const { salt, tag, ...parameters } = phc ? parse(phc) : nobody;
  const right = timingSafeEqual(await derive(password, salt, parameters), tag);
  const outdated =
    parameters.memory !== current.memory ||
    parameters.passes !== current.passes ||
    parameters.parallelism !== current.parallelism;
  return { right: right && Boolean(phc), outdated };
};

const nobody: Parsed = { ...current, salt: Buffer.alloc(16), tag: Buffer.alloc(tagLength) };

const phcForm =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

const parse = (phc: string): Parsed => {
  const [, memory, passes, parallelism, salt, tag] = phcForm.exec(phc) ?? [];
  if (!memory || !passes || !parallelism || !salt || !tag) throw new Error("Not a password hash.");
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
};
