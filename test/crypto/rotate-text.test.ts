import { expect, test } from "vitest";
import { newLine, newLineBytes, rotateText, type Rotated } from "../../lib/crypto/rotate-text.ts";
import { keyRing } from "../../lib/crypto/key-ring.ts";

const generated = "g".repeat(64);
const made = (day: number) =>
  newLine(Buffer.alloc(newLineBytes, day), new Date(Date.UTC(2026, 10, day, 10)));
const [older, newer, newest] = [made(1), made(2), made(3)];

const after = (text: string, step: "add" | "use" | "drop", added = newest): string => {
  const rotated = rotateText(text, step, added);
  if (rotated.kind !== "changed") throw new Error(JSON.stringify(rotated));
  return rotated.text;
};

test("a new line is good as a key and as a webhook's secret, and says when it was made", () => {
  expect(older).toMatch(/^20261101T100000Z_[A-Za-z0-9_-]{64}$/);
  expect(() => keyRing(older, "totp")).not.toThrow();
});

test.each([
  ["a generated key", generated],
  ["a key of an earlier rotation", older],
])("%s is rotated in three steps", (_, old) => {
  const added = after(old, "add", newer);
  expect(added).toBe(`${old}\n${newer}`);
  const used = after(added, "use");
  expect(used).toBe(`${newer}\n${old}`);
  expect(after(used, "drop")).toBe(newer);
});

test("a step that was taken is not taken again", () => {
  for (const old of [generated, older]) {
    const added = `${old}\n${newer}`;
    const used = `${newer}\n${old}`;
    expect(rotateText(added, "add", newest)).toEqual({ kind: "done" });
    expect(rotateText(used, "use", newest)).toEqual({ kind: "done" });
    expect(rotateText(newer, "drop", newest)).toEqual({ kind: "done" });
  }
});

const refused = (rotated: Rotated) => rotated.kind === "refused";

test("no step is left out, and no rotation begun in another", () => {
  expect(rotateText(generated, "use", newest)).toSatisfy(refused);
  expect(rotateText(`${generated}\n${newer}`, "drop", newest)).toSatisfy(refused);
  expect(rotateText(`${newer}\n${generated}`, "add", newest)).toSatisfy(refused);
});

test.each([
  ["more than two keys", `${generated}\n${older}\n${newer}`],
  ["two keys of which none says when it was made", `${generated}\n${"h".repeat(64)}`],
  ["a blank line", `${generated}\n`],
  ["nothing", ""],
])("%s is for hands", (_, text) => {
  for (const step of ["add", "use", "drop"] as const) {
    expect(rotateText(text, step, newest)).toSatisfy(refused);
  }
});

test("blanks that are part of a key today are not lost by rotating it", () => {
  expect(rotateText(` ${generated}`, "add", newest)).toSatisfy(refused);
});

test("what is refused says nothing of the secret", () => {
  for (const text of [` ${generated}`, `${generated}\n${"h".repeat(64)}`, `${generated}\n`]) {
    expect(JSON.stringify(rotateText(text, "add", newest))).not.toContain("gggg");
  }
});
