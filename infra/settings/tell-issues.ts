import type * as z from "zod";

type Issue = z.core.$ZodIssue;

/** One sentence for each setting that is not as it must be. Each names its setting. */
export const tellIssues = (issues: readonly Issue[]): string =>
  issues.flatMap((issue) => sentencesOf(issue, [])).join(" ");

const sentencesOf = (issue: Issue, above: readonly PropertyKey[]): readonly string[] => {
  const path = [...above, ...issue.path];
  const name = nameOf(path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => `There is no setting ${nameOf([...path, key])}.`);
    case "invalid_key":
      return issue.issues.map(
        ({ message }) =>
          `A name in ${nameOf(path.slice(0, -1))} ${message}; it is ${shown(path.at(-1))}.`,
      );
    case "invalid_union":
      // The last of the choices is the one with settings of its own.
      return (issue.errors.at(-1) ?? []).flatMap((each) => sentencesOf(each, path));
    case "invalid_type":
      return [
        issue.input === undefined
          ? `${name} is missing.`
          : `${name} must be of the type ${issue.expected}; it is ${shown(issue.input)}.`,
      ];
    case "invalid_value":
      return [
        `${name} must be ${issue.values.map(shown).join(" or ")}; it is ${shown(issue.input)}.`,
      ];
    case "custom":
      return [
        issue.params?.["whole"] === true
          ? issue.message
          : `${name} ${issue.message}; it is ${shown(issue.input)}.`,
      ];
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
    case "too_big":
    case "too_small":
      return [`${name}: ${issue.message}.`];
  }
};

/** `phones.carriers[0]`, as one would write it in code. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");

// JSON has no text for undefined, whatever the type says.
const shown = (value: unknown): string =>
  value === undefined ? "undefined" : JSON.stringify(value);
