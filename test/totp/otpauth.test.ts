import fc from "fast-check";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { base32, otpauthUri, qrSvg } from "../../lib/totp/otpauth.ts";
import { totpSecret } from "../support/authenticator.ts";

/** RFC 4648 §10, without its padding. */
test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("RFC 4648: base32 of %j is %s", (plain, text) => {
  expect(base32(Buffer.from(plain))).toBe(text);
});

test("a secret is 32 characters to type by hand", () => {
  expect(base32(totpSecret("phone"))).toMatch(/^[A-Z2-7]{32}$/);
});

test("the URI has what an app needs, whatever is in issuer and mail", () => {
  const secret = totpSecret("phone");
  for (const [issuer, mail] of [
    ["Twostep", "ann@example.com"],
    ["Хостинг & Co: 100%", "ann+2fa/?#@пример.example"],
  ] as const) {
    const uri = new URL(otpauthUri(secret, issuer, mail));
    expect([uri.protocol, uri.host]).toEqual(["otpauth:", "totp"]);
    expect(decodeURIComponent(uri.pathname)).toBe(`/${issuer}:${mail}`);
    expect(uri.searchParams.get("secret")).toBe(base32(secret));
    expect(uri.searchParams.get("issuer")).toBe(issuer);
    // Others than the defaults are ignored by some apps, so they must not be needed.
    expect(uri.searchParams.get("algorithm") ?? "SHA1").toBe("SHA1");
    expect(uri.searchParams.get("digits") ?? "6").toBe("6");
    expect(uri.searchParams.get("period") ?? "30").toBe("30");
  }
});

/** The modules that an SVG of ours draws, row by row. */
const drawn = (svg: string) => {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const path = / d="([^"]*)"\/><\/svg>$/.exec(svg)?.[1] ?? "";
  for (const [, x, y, length, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    expect(back).toBe(length);
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  return rows;
};

test("the picture draws the QR code of the text, module by module", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }), (text) => {
      expect(drawn(qrSvg(text))).toEqual(encode(text, { ecc: "M", border: 4 }).data);
    }),
    { numRuns: 20 },
  );
});

test("the picture has a white ground with a quiet zone of four modules, is small and runs nothing", () => {
  const svg = qrSvg(otpauthUri(totpSecret("phone"), "Twostep", "ann@example.com"));
  const rows = drawn(svg);
  const edge = [...rows.slice(0, 4), ...rows.slice(-4), ...rows.map((row) => row.slice(0, 4))];
  expect(edge.flat()).not.toContain(true);
  expect(svg).toContain(`<path fill="#fff" d="M0 0h${rows.length}v${rows.length}H0z"/>`);
  expect(svg.length).toBeLessThan(8192);
  expect(svg).not.toMatch(/script|on\w+=|href|style/i);
});
