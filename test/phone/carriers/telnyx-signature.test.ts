import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { verifyTelnyxSignature } from "../../../lib/phone/carriers/telnyx/telnyx-signature.ts";

const aKeyPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const der = publicKey.export({ format: "der", type: "spki" });
  return { publicKey: der.subarray(-32).toString("base64"), privateKey };
};

const { publicKey, privateKey } = aKeyPair();
const now = Date.UTC(2026, 10, 24, 12);
const rawBody = '{"data":{"event_type":"verify.delivered","note":"ї"}}';

const signed = (body = rawBody, timestamp = String(now / 1000)) => ({
  rawBody: body,
  timestamp,
  signature: sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString("base64"),
});

test("what Telnyx signed is Telnyx's, as text or bytes", () => {
  expect(verifyTelnyxSignature(publicKey, signed(), now)).toBe(true);
  expect(
    verifyTelnyxSignature(publicKey, { ...signed(), rawBody: Buffer.from(rawBody) }, now),
  ).toBe(true);
  expect(verifyTelnyxSignature(publicKey, signed(""), now)).toBe(true);
});

test("a webhook is good for five minutes, by a clock that is five minutes off at most", () => {
  const at = (seconds: number) => verifyTelnyxSignature(publicKey, signed(), now + seconds * 1000);
  expect([at(300), at(301), at(-300), at(-301)]).toEqual([true, false, true, false]);
});

test("one changed bit of body, timestamp, signature or key is refused", () => {
  const webhook = signed();
  const flipped = (text: string) => {
    const bytes = Buffer.from(text, "base64");
    bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
    return bytes.toString("base64");
  };
  const later = String(now / 1000 + 1);
  for (const [key, changed] of [
    [publicKey, { ...webhook, rawBody: rawBody.replace("delivered", "deliverer") }],
    [publicKey, { ...webhook, rawBody: `${rawBody} ` }],
    [publicKey, { ...webhook, timestamp: later }],
    [publicKey, { ...webhook, signature: flipped(webhook.signature) }],
    [flipped(publicKey), webhook],
    [aKeyPair().publicKey, webhook],
  ] as const) {
    expect(verifyTelnyxSignature(key, changed, now)).toBe(false);
  }
});

test("the bar between timestamp and body cannot be moved", () => {
  const { signature } = signed("2|x", "1");
  const moved = { signature, timestamp: "1|2", rawBody: "x" };
  expect(verifyTelnyxSignature(publicKey, moved, 1000)).toBe(false);
});

test.each([
  ["no signature", { signature: undefined }],
  ["an empty signature", { signature: "" }],
  ["a short signature", { signature: "AAAA" }],
  ["a signature twice", { signature: `${signed().signature}, ${signed().signature}` }],
  ["a signature with a blank", { signature: ` ${signed().signature}` }],
  ["a signature in base64url", { signature: signed().signature.replaceAll("=", "") }],
  ["a long signature", { signature: "A".repeat(100_000) }],
  ["a signature of zeros", { signature: Buffer.alloc(64).toString("base64") }],
  ["no timestamp", { timestamp: undefined }],
  ["an empty timestamp", { timestamp: "" }],
  ["a timestamp that is no number", { timestamp: "now" }],
  ["a timestamp in milliseconds", { timestamp: String(now) }],
  ["a timestamp twice", { timestamp: `${now / 1000}, ${now / 1000}` }],
  ["a timestamp with a zero before it", { timestamp: `0${now / 1000}` }],
  ["an infinite timestamp", { timestamp: "1e999" }],
  ["a negative timestamp", { timestamp: `-${now / 1000}` }],
])("refuses %s", (_, change) => {
  expect(verifyTelnyxSignature(publicKey, { ...signed(), ...change }, now)).toBe(false);
});

test.each(["", "no key", "AAAA", Buffer.alloc(32, 255).toString("base64"), `${publicKey}\n`])(
  "with the key %j nothing is right, and nothing is thrown",
  (key) => {
    expect(verifyTelnyxSignature(key, signed(), now)).toBe(false);
  },
);
