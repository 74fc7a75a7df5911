import { encode } from "uqr";
import { expect, test } from "vitest";
import { codesAt } from "../../../../local/devices/page/authenticator/codes.ts";
import { readAccount } from "../../../../local/devices/page/authenticator/read-account.ts";
import { readQr } from "../../../../local/devices/page/authenticator/read-qr.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** RFC 6238, appendix B; its longer secrets are the digits over and over, up to the length of the hash. */
const SECRETS = {
  SHA1: SECRET,
  SHA256: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA====",
  SHA512:
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA=",
};

test.each([
  [59, "94287082", "46119246", "90693936"],
  [1111111109, "07081804", "68084774", "25091201"],
  [1111111111, "14050471", "67062674", "99943326"],
  [1234567890, "89005924", "91819424", "93441116"],
  [2000000000, "69279037", "90698825", "38618901"],
  [20000000000, "65353130", "77737706", "47863826"],
])("at %i seconds the codes are those of RFC 6238", (seconds, sha1, sha256, sha512) => {
  const code = (algorithm: keyof typeof SECRETS) => {
    const secret = encodeURIComponent(SECRETS[algorithm]);
    const uri = `otpauth://totp/A:b?secret=${secret}&digits=8&algorithm=${algorithm}`;
    const account = readAccount(uri);
    return account && codesAt(account, seconds * 1000).current;
  };
  expect([code("SHA1"), code("SHA256"), code("SHA512")]).toEqual([sha1, sha256, sha512]);
});

test("the next code is the one that comes when the time is up", () => {
  const account = readAccount(SECRET);
  if (!account) throw new Error("The key was not read.");
  const { next, secondsLeft } = codesAt(account, 59_500);
  expect(secondsLeft).toBe(1);
  expect(codesAt(account, 60_500)).toMatchObject({ current: next, secondsLeft: 30 });
});

test("a link tells whose key it is", () => {
  expect(
    readAccount(`otpauth://totp/Twostep:ann%40example.com?secret=${SECRET}&issuer=Twostep`),
  ).toEqual({
    issuer: "Twostep",
    name: "ann@example.com",
    secret: SECRET,
    algorithm: "sha1",
    digits: 6,
    periodSeconds: 30,
  });
});

test("a key may be typed as it is read", () => {
  expect(readAccount(" gezd gnbv gy3t-qojq GEZD GNBV gy3t qojq ")).toMatchObject({
    secret: SECRET,
  });
});

test.each([
  "",
  "492 039",
  "GEZD",
  "GEZDGNBVGY3TQOJ1GEZDGNBVGY3TQOJ0",
  "https://example.com",
  `otpauth://hotp/A?secret=${SECRET}`,
  "otpauth://totp/A?secret=",
  `otpauth://totp/A?secret=${SECRET}&digits=5`,
  `otpauth://totp/A?secret=${SECRET}&algorithm=MD5`,
  `otpauth://totp/A?secret=${SECRET}&period=0`,
])("%j is no key", (text) => {
  expect(readAccount(text)).toBeUndefined();
});

test("a picture of the QR code gives the link that it holds", () => {
  const uri = `otpauth://totp/Twostep:ann%40example.com?secret=${SECRET}&issuer=Twostep`;
  expect(readQr(drawn(uri))).toBe(uri);
  expect(readQr({ data: new Uint8ClampedArray(4 * 64 * 64), width: 64, height: 64 })).toBe(
    undefined,
  );
});

/** A QR code as pixels, four to a module's side. */
function drawn(text: string) {
  const { data: modules, size } = encode(text, { border: 4 });
  const width = size * 4;
  const data = new Uint8ClampedArray(width * width * 4);
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    const isDark = modules[Math.floor(pixel / width / 4)]?.[Math.floor((pixel % width) / 4)];
    data.set(isDark ? [0, 0, 0, 255] : [255, 255, 255, 255], pixel * 4);
  }
  return { data, width, height: width };
}
