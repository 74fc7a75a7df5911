import { createPublicKey, verify } from "node:crypto";
import type { Instant } from "../../../account/ids.ts";

export type SignedWebhook = {
  /** Header `telnyx-signature-ed25519`. */
  readonly signature: string | undefined;
  /** Header `telnyx-timestamp`: seconds since the epoch. */
  readonly timestamp: string | undefined;
  /** The body as it came, not parsed and written again. */
  readonly rawBody: string | Uint8Array;
};

/** How old a webhook may be, and how far ahead of our clock. A recorded one that comes later does not count. */
const maxAgeSeconds = 300;

/** The DER of an Ed25519 public key before its 32 bytes [RFC 8410 §4]. */
const derPrefix = Buffer.from("302a300506032b6570032100", "hex");

/**
 * Whether Telnyx signed `<timestamp>|<body>` within five minutes of now. Returns false for anything that is missing,
 * malformed, repeated or wrong, also in the key; never throws.
 *
 * @param publicKey the account's key: base64 of 32 bytes, as the portal shows it.
 */
export const verifyTelnyxSignature = (
  publicKey: string,
  { signature, timestamp, rawBody }: SignedWebhook,
  now: Instant,
): boolean => {
  const key = bytes(publicKey, 32);
  const signed = bytes(signature, 64);
  if (!key || !signed || !timestamp || !/^[1-9]\d{0,11}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > maxAgeSeconds * 1000) return false;
  try {
    return verify(
      null,
      Buffer.concat([Buffer.from(`${timestamp}|`), Buffer.from(rawBody)]),
      createPublicKey({ key: Buffer.concat([derPrefix, key]), format: "der", type: "spki" }),
      signed,
    );
  } catch {
    return false;
  }
};

/** Decodes exactly that many bytes from their one base64 spelling; undefined for anything else. */
const bytes = (text: string | undefined, length: number): Buffer | undefined => {
  const decoded = Buffer.from(text ?? "", "base64");
  return decoded.length === length && decoded.toString("base64") === text ? decoded : undefined;
};
