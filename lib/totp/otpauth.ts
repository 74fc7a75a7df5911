import { ScureBase32Plugin, generateURI } from "otplib";
import { encode } from "uqr";

/** The secret in the form that a person types into an app: base32 without padding [RFC 4648 §6]. */
export const base32 = (secret: Buffer): string =>
  new ScureBase32Plugin().encode(secret).replace(/=+$/, "");

/** The content of the QR code: issuer, mail and secret, in Google Authenticator's key URI format. */
export const otpauthUri = (secret: Buffer, issuer: string, email: string): string =>
  generateURI({ issuer, label: email, secret: base32(secret) });

/**
 * A QR code as an SVG of about 4 KB: one path draws each run of dark modules at once. The SVG also paints the white,
 * with the quiet zone of four modules that readers need [ISO/IEC 18004 §6.3.8], so that it works on a dark page.
 */
export const qrSvg = (text: string): string => {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const runs = data.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs.join("")}"/></svg>`
  );
};

/** Start and length of each run of dark modules. */
const runsOf = (row: readonly boolean[]): [number, number][] => {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
};
