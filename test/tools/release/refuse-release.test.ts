import { expect, test } from "vitest";
import { refuseRelease, type ReleaseFacts } from "../../../tools/release/refuse-release.ts";
import { compareVersions, newestOf } from "../../../tools/release/version.ts";

const good: ReleaseFacts = {
  version: "0.10.0",
  lockedVersion: "0.10.0",
  changelog: "# Changelog\n\n## [Unreleased]\n\n## [0.10.0] - 2026-11-25\n\n- A change.\n",
  tags: ["v0.9.1", "v0.1.0", "vanished"],
  changedFiles: [],
  isOneWay: false,
};

test("a version with its section, above every tag, on a clean tree is not refused", () => {
  expect(refuseRelease(good)).toBeUndefined();
});

const refusals: readonly [string, Partial<ReleaseFacts>, string][] = [
  ["a version of another form", { version: "1.0" }, "no version such as 1.2.3"],
  ["another version in the lock file", { lockedVersion: "0.9.1" }, "run npm install"],
  ["a version that is released", { tags: ["v0.10.0"] }, "0.10.0 is released already"],
  ["a version below a tag", { tags: ["v0.9.0", "v0.11.0"] }, "0.11.0 is released already"],
  ["no section", { changelog: "## [0.9.1] - 2026-11-20\n\n- A change.\n" }, "has no section"],
  ["no date", { changelog: "## [0.10.0]\n\n- A change.\n" }, "has no date"],
  [
    "an empty section before one with changes",
    { changelog: "## [0.10.0] - 2026-11-25\n\n## [0.9.1] - 2026-11-20\n\n- A change.\n" },
    "lists no change",
  ],
  [
    "changes that were not moved",
    { changelog: good.changelog.replace("[Unreleased]\n", "[Unreleased]\n\n- Another.\n") },
    "as unreleased",
  ],
  ["files that are not committed", { changedFiles: ["lib/a.ts"] }, "lib/a.ts"],
  ["a one-way release without its warning", { isOneWay: true }, "cannot be rolled back"],
];

test.each(refusals)("refused: %s", (_, facts, why) => {
  expect(refuseRelease({ ...good, ...facts })).toContain(why);
});

test("a one-way release whose change log warns is not refused", () => {
  const changelog = good.changelog.replace("A change.", "A form; it cannot be rolled back.");
  expect(refuseRelease({ ...good, changelog, isOneWay: true })).toBeUndefined();
});

test("versions are compared by number, and other tags are none", () => {
  expect(compareVersions("0.10.0", "0.9.1")).toBeGreaterThan(0);
  expect(compareVersions("1.2.3", "1.2.3")).toBe(0);
  expect(newestOf(["v0.9.1", "v0.10.0", "v1", "vanished"])).toBe("0.10.0");
  expect(newestOf(["vanished"])).toBeUndefined();
});
