import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../../tools/release/make-release.ts", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "twostep-release-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Keeps a form of the version, unless it is kept. */
const forms = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
const { version, form } = JSON.parse(readFileSync("package.json", "utf8"));
const file = "test/fixtures/" + version + "/stored-forms.json";
mkdirSync("test/fixtures/" + version, { recursive: true });
if (!existsSync(file)) writeFileSync(file, JSON.stringify({ form }));
`;
/** Reads every kept form, and fails at one that this version does not know. */
const readForms = `
import { readdirSync, readFileSync } from "node:fs";
const { form } = JSON.parse(readFileSync("package.json", "utf8"));
for (const version of readdirSync("test/fixtures")) {
  const kept = JSON.parse(readFileSync("test/fixtures/" + version + "/stored-forms.json", "utf8"));
  if (kept.form > form) throw new Error("unknown form of " + version);
}
`;

/** A repository of its own, whose scripts do little. */
const scratch = (name: string) => {
  const directory = join(home, name);
  mkdirSync(join(directory, "node_modules"), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(directory, file), text);
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: directory, encoding: "utf8" }).trim();
  git("init", "--quiet");
  git("config", "user.name", "Ann");
  git("config", "user.email", "ann@example.com");
  write(".gitignore", "node_modules\n");
  write("forms.mjs", forms);
  write("read-forms.mjs", readForms);

  const give = (version: string, { changes = "- A change.", form = 1, test = "" } = {}) => {
    const scripts = {
      forms: "node forms.mjs",
      "read-forms": "node read-forms.mjs",
      check: "node -e 0",
      test: test === "" ? "node -e 0" : test,
    };
    write("package.json", JSON.stringify({ version, form, scripts }));
    write("package-lock.json", JSON.stringify({ version }));
    write(
      "CHANGELOG.md",
      `# Changelog\n\n## [Unreleased]\n\n## [${version}] - 2026-11-25\n\n${changes}\n`,
    );
    commit();
  };
  const commit = () => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "work");
  };
  const release = (...options: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], {
      cwd: directory,
      encoding: "utf8",
    });
    return { status, said: `${stdout}${stderr}`, tags: git("tag", "--list") };
  };
  /** Keeps the forms, as the first try of a release asks for, and releases. */
  const releaseKept = (...options: string[]) => {
    execFileSync(process.execPath, ["forms.mjs"], { cwd: directory });
    commit();
    return release(...options);
  };
  return { directory, write, git, give, commit, release, releaseKept };
};

test("a release keeps its forms first, checks, tests, and tags the commit with its changes", () => {
  const { git, give, commit, release } = scratch("good");
  give("1.0.0", { changes: "### Added\n\n- A change." });
  const first = release();
  expect(first).toMatchObject({ status: 1, tags: "" });
  expect(first.said).toContain("Commit it: test/fixtures/");
  commit();
  const second = release();
  expect(second).toMatchObject({ status: 0, tags: "v1.0.0" });
  expect(second.said).toContain("git push origin v1.0.0");
  expect(git("rev-parse", "v1.0.0^{commit}")).toBe(git("rev-parse", "HEAD"));
  expect(git("tag", "--list", "--format=%(contents)")).toBe("1.0.0\n\n### Added\n\n- A change.");
  expect(release().said).toContain("1.0.0 is released already");
});

test("the page tells of the options that the tests below run, and of no other", () => {
  const page = readFileSync(new URL("../../../docs/releases.md", import.meta.url), "utf8");
  expect(new Set(page.match(/--[a-z-]+(?=`)/g))).toEqual(new Set(["--dry-run", "--one-way"]));
});

test("--dry-run checks everything and tags nothing", () => {
  const { give, releaseKept } = scratch("dry");
  give("1.0.0");
  const { status, said, tags } = releaseKept("--dry-run");
  expect([status, tags]).toEqual([0, ""]);
  expect(said).toContain("v1.0.0 could be released");
});

describe("nothing is tagged where", () => {
  test("files are not committed", () => {
    const { give, write, release } = scratch("dirty");
    give("1.0.0");
    write("more.txt", "more");
    const { status, said, tags } = release();
    expect([status, tags]).toEqual([1, ""]);
    expect(said).toContain("Commit or put aside first: more.txt");
  });

  test("the tests fail", () => {
    const { give, releaseKept } = scratch("failing");
    give("1.0.0", { test: "node -e process.exit(3)" });
    const { status, said, tags } = releaseKept();
    expect([status, tags]).toEqual([1, ""]);
    expect(said).toContain("npm run test failed");
  });

  test("files change while the tests run", () => {
    const { give, write, releaseKept } = scratch("changing");
    write("change.mjs", 'import { writeFileSync } from "node:fs"; writeFileSync("new.txt", "");');
    give("1.0.0", { test: "node change.mjs" });
    const { status, said, tags } = releaseKept();
    expect([status, tags]).toEqual([1, ""]);
    expect(said).toContain("have changed while the tests ran");
  });
});

describe("the release before reads what the new one stores", () => {
  const { directory, give, git, releaseKept } = scratch("two");
  const oneWay = "- A form; it cannot be rolled back.";

  test("by its own code; what it cannot read is refused", () => {
    give("1.0.0");
    expect(releaseKept().status).toBe(0);
    give("1.1.0");
    expect(releaseKept().status).toBe(0);
    give("1.2.0", { form: 2 });
    const { status, said, tags } = releaseKept();
    expect([status, tags]).toEqual([1, "v1.0.0\nv1.1.0"]);
    expect(said).toContain("1.1.0 cannot read what 1.2.0 stores");
    // What was checked out for it is gone.
    expect(git("worktree", "list").split("\n")).toHaveLength(1);
    expect(readFileSync(join(directory, "package.json"), "utf8")).toContain("1.2.0");
  });

  test("unless it is a one-way release that says so", () => {
    expect(releaseKept("--one-way").said).toContain("must say that this release cannot be rolled");
    give("1.2.0", { form: 2, changes: oneWay });
    expect(releaseKept("--one-way")).toMatchObject({ status: 0, tags: "v1.0.0\nv1.1.0\nv1.2.0" });
  });
});
