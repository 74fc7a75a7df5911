/** What a change log in the form of Keep a Changelog says of one version. */
export type Section = {
  /** `Unreleased`, or a version. */
  readonly version: string;
  /** The day of the release, `2026-11-25`; undefined where the heading has none. */
  readonly date: string | undefined;
  readonly text: string;
};

const heading = /^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?\s*$/gm;

/** The sections of a change log, in the file's order. */
export const sectionsOf = (changelog: string): readonly Section[] => {
  const found = [...changelog.matchAll(heading)];
  return found.map((match, n) => ({
    version: match[1] ?? "",
    date: match[2],
    text: changelog.slice(match.index + match[0].length, found[n + 1]?.index).trim(),
  }));
};

/** Whether a section lists a change. */
export const listsChanges = ({ text }: Section): boolean => /^- \S/m.test(text);
