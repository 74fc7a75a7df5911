import { expect, test } from "vitest";
import { secretKey } from "../../../lib/crypto/secret-key.ts";
import { callCode, smsCode, toldCodeHash } from "../../../lib/phone/fallback/codes.ts";
import { challengeId, phoneId } from "../../support/ids.ts";
import { codesKey } from "../../support/phones.ts";

const subject = (n: number) => challengeId(`chal_${n}`);
const otherKey = secretKey("another secret text for codes, of more than 43 characters", "codes");

/** Pearson's statistic of draws over equally likely cells. */
const chiSquared = (counts: readonly number[]) => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

/** Six deviations above the mean of a chi-squared distribution: one run in a billion gets there by chance. */
const tooFar = (cells: number) => cells - 1 + 6 * Math.sqrt(2 * (cells - 1));

test("the codes of calls are four digits, as likely as each other, and never 0000", () => {
  const draws = 200_000;
  const counts = new Map<string, number>();
  for (let n = 0; n < draws; n += 1) {
    const code = callCode(codesKey, subject(n), 1);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  expect([...counts.keys()].filter((code) => !/^\d{4}$/.test(code))).toEqual([]);
  expect(counts.has("0000")).toBe(false);
  expect(counts.size).toBe(9999);
  expect(chiSquared([...counts.values()])).toBeLessThan(tooFar(9999));
});

test("the codes of SMS are six digits, as likely as each other", () => {
  const cells = Array.from({ length: 1000 }, () => 0);
  for (let n = 0; n < 100_000; n += 1) {
    const code = smsCode(codesKey, subject(n));
    if (!/^\d{6}$/.test(code)) throw new Error(`${code} is no code.`);
    const cell = Math.floor(Number(code) / 1000);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  expect(chiSquared(cells)).toBeLessThan(tooFar(1000));
});

test("leading zeros are part of a code", () => {
  const all = Array.from({ length: 3000 }, (_, n) => subject(n));
  const leading = (codes: readonly string[]) => codes.filter((code) => code.startsWith("0"));
  for (const code of leading(all.map((id) => callCode(codesKey, id, 1)))) {
    expect(code).toHaveLength(4);
  }
  const calls = leading(all.map((id) => callCode(codesKey, id, 1))).length;
  const sms = leading(all.map((id) => smsCode(codesKey, id))).length;
  for (const count of [calls, sms]) expect(Math.abs(count - 300)).toBeLessThan(100);
});

test("a code is the same every time, and another for each call, each subject, each key and each way", () => {
  const id = subject(1);
  expect(callCode(codesKey, id, 1)).toBe(callCode(codesKey, id, 1));
  expect(smsCode(codesKey, id)).toBe(smsCode(codesKey, id));
  const same = (one: (n: number) => string, other: (n: number) => string) =>
    Array.from({ length: 2000 }, (_, n) => n).filter((n) => one(n) === other(n)).length;
  const first = (n: number) => callCode(codesKey, subject(n), 1);
  // By chance alone one in 10,000 is the same.
  expect(same(first, (n) => callCode(codesKey, subject(n), 2))).toBeLessThan(5);
  expect(same(first, (n) => callCode(codesKey, subject(n + 1), 1))).toBeLessThan(5);
  expect(same(first, (n) => callCode(otherKey, subject(n), 1))).toBeLessThan(5);
  expect(same(first, (n) => smsCode(codesKey, subject(n)).slice(-4))).toBeLessThan(5);
  expect(same(first, (n) => smsCode(codesKey, subject(n)).slice(0, 4))).toBeLessThan(5);
});

test("ids whose text could be cut in two ways make different codes", () => {
  const [one, other] = [phoneId("phone_1"), phoneId("phone_11")];
  expect(callCode(codesKey, one, 11)).not.toBe(callCode(codesKey, other, 1));
  expect(toldCodeHash(codesKey, one, 11, "1234")).not.toBe(
    toldCodeHash(codesKey, other, 1, "1234"),
  );
});

test("what is kept of a code that a carrier chose is of no use without the key, nor for another call", () => {
  const hash = toldCodeHash(codesKey, subject(1), 1, "0042");
  expect(hash).not.toContain("0042");
  const hashes = [
    toldCodeHash(otherKey, subject(1), 1, "0042"),
    toldCodeHash(codesKey, subject(2), 1, "0042"),
    toldCodeHash(codesKey, subject(1), 2, "0042"),
    toldCodeHash(codesKey, subject(1), 1, "0043"),
  ];
  expect(hashes).not.toContain(hash);
  expect(toldCodeHash(codesKey, subject(1), 1, "0042")).toBe(hash);
});
