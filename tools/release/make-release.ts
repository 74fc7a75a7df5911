import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as z from "zod";
import { sectionsOf } from "./changelog.ts";
import { changedFiles, head, tag, tags } from "./git.ts";
import { olderReleaseReads } from "./older-release-reads.ts";
import { refuseRelease, type ReleaseFacts } from "./refuse-release.ts";
import { runScript } from "./run-script.ts";
import { newestOf } from "./version.ts";

const Versioned = z.object({ version: z.string() });
const versionIn = (file: string) => Versioned.parse(JSON.parse(readFileSync(file, "utf8"))).version;

const readFacts = (isOneWay: boolean): ReleaseFacts => ({
  version: versionIn("package.json"),
  lockedVersion: versionIn("package-lock.json"),
  changelog: readFileSync("CHANGELOG.md", "utf8"),
  tags: tags(),
  changedFiles: changedFiles(),
  isOneWay,
});

type Asked = {
  /** Everything is checked, and nothing is tagged. */
  readonly isDryRun: boolean;
  /** Older releases need not read what this version stores. */
  readonly isOneWay: boolean;
};

/** Makes the release, or returns a sentence that says why not. Nothing is tagged then. */
const release = ({ isDryRun, isOneWay }: Asked): string | undefined => {
  const facts = readFacts(isOneWay);
  const { version } = facts;
  const refused = refuseRelease(facts);
  if (refused !== undefined) return refused;
  const commit = head();

  if (!runScript("forms")) return "What this version stores could not be kept: npm run forms.";
  if (changedFiles().length > 0) {
    return `What this version stores has just been kept. Commit it: ${changedFiles().join(", ")}.`;
  }
  for (const script of ["check", "test"]) {
    if (!runScript(script)) return `npm run ${script} failed.`;
  }
  const older = newestOf(facts.tags);
  if (older !== undefined && !isOneWay && !olderReleaseReads(older, version)) {
    return `${older} cannot read what ${version} stores; docs/releases.md says what to do.`;
  }
  if (head() !== commit || changedFiles().length > 0) {
    return "Files have changed while the tests ran. Try again.";
  }
  if (isDryRun) {
    console.log(`v${version} could be released.`);
    return undefined;
  }
  const section = sectionsOf(facts.changelog).find((one) => one.version === version);
  tag(`v${version}`, commit, `${version}\n\n${section?.text ?? ""}`);
  console.log(`Tagged v${version}. Publish it: git push origin v${version}`);
  return undefined;
};

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean", default: false },
    "one-way": { type: "boolean", default: false },
  },
});
const refused = release({ isDryRun: values["dry-run"], isOneWay: values["one-way"] });
if (refused !== undefined) {
  console.error(refused);
  process.exitCode = 1;
}
