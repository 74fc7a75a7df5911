import { listsChanges, sectionsOf } from "./changelog.ts";
import { compareVersions, isVersion, newestOf } from "./version.ts";

/** What decides whether a release can be made. */
export type ReleaseFacts = {
  /** The version in `package.json`, and in the lock file. */
  readonly version: string;
  readonly lockedVersion: string;
  readonly changelog: string;
  readonly tags: readonly string[];
  /** The files that differ from the last commit, as `git status --porcelain` lists them. */
  readonly changedFiles: readonly string[];
  /** Whether older releases need not read what this version stores. */
  readonly isOneWay: boolean;
};

/** The words by which a change log warns of a release that older ones cannot follow. */
const warning = "cannot be rolled back";

/** A sentence that says why this version cannot be released; undefined if it can. */
export const refuseRelease = (facts: ReleaseFacts): string | undefined => {
  const { version, lockedVersion, tags, changedFiles } = facts;
  const newest = newestOf(tags);
  if (!isVersion(version)) return `package.json has no version such as 1.2.3: "${version}".`;
  if (lockedVersion !== version) {
    return `package-lock.json has version ${lockedVersion}, package.json ${version}: run npm install.`;
  }
  if (newest !== undefined && compareVersions(version, newest) <= 0) {
    return `${newest} is released already: give package.json a version above it.`;
  }
  return refuseChangelog(facts) ?? refuseFiles(changedFiles);
};

const refuseChangelog = ({ changelog, version, isOneWay }: ReleaseFacts): string | undefined => {
  const sections = sectionsOf(changelog);
  const section = sections.find((one) => one.version === version);
  const unreleased = sections.find((one) => one.version === "Unreleased");
  if (!section) return `CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD".`;
  if (section.date === undefined) return `The section ${version} of CHANGELOG.md has no date.`;
  if (!listsChanges(section)) return `The section ${version} of CHANGELOG.md lists no change.`;
  if (unreleased && listsChanges(unreleased)) {
    return `CHANGELOG.md lists changes as unreleased: move them to ${version}.`;
  }
  if (isOneWay && !section.text.includes(warning)) {
    return `The section ${version} of CHANGELOG.md must say that this release ${warning}.`;
  }
  return undefined;
};

const refuseFiles = (changedFiles: readonly string[]): string | undefined =>
  changedFiles.length === 0 ? undefined : `Commit or put aside first: ${changedFiles.join(", ")}.`;
