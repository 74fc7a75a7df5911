import { Account } from "./account.ts";

/** A shorter text may be a word that happens to be base32. */
const SHORTEST_KEY = 16;

/** Reads the text of a QR code (`otpauth://totp/…`) or a key as people type it; undefined if it is neither. */
export function readAccount(text: string): Account | undefined {
  return text.trim().toLowerCase().startsWith("otpauth:") ? readUri(text.trim()) : readKey(text);
}

/** https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
function readUri(text: string): Account | undefined {
  if (!URL.canParse(text)) return undefined;
  const { host, pathname, searchParams } = new URL(text);
  if (host !== "totp") return undefined;
  const [first = "", ...rest] = decode(pathname.slice(1)).split(":");
  const labelIssuer = rest.length > 0 ? first : "";
  const parsed = Account.safeParse({
    issuer: searchParams.get("issuer") ?? labelIssuer,
    name: (rest.length > 0 ? rest.join(":") : first).trim(),
    secret: secretOf(searchParams.get("secret") ?? ""),
    algorithm: (searchParams.get("algorithm") ?? "SHA1").toLowerCase().replace("-", ""),
    digits: Number(searchParams.get("digits") ?? 6),
    periodSeconds: Number(searchParams.get("period") ?? 30),
  });
  return parsed.success && parsed.data.secret !== "" ? parsed.data : undefined;
}

function readKey(text: string): Account | undefined {
  const secret = secretOf(text);
  if (secret.length < SHORTEST_KEY) return undefined;
  const name = `Key ${secret.slice(0, 4)}…`;
  return { issuer: "", name, secret, algorithm: "sha1", digits: 6, periodSeconds: 30 };
}

/** Base32 (RFC 4648 §6) in capitals, or an empty text if it is none. */
function secretOf(text: string): string {
  const compact = text.replace(/[\s-]/g, "").replace(/=+$/, "").toUpperCase();
  return /^[A-Z2-7]+$/.test(compact) ? compact : "";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
