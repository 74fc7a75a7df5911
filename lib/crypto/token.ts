import { createHash } from "node:crypto";

/**
 * The stored form of a random token of 256 bits. A plain hash is enough, since nobody can guess such a token. A leaked
 * table opens no session.
 */
export const hashToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");
