/**
 * A value of a template with its references as text, `${AccountsTable.Arn}`, joined to the text around them. What is no
 * reference of the form that CDK writes stays as it is, so that it cannot pass for one.
 */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name, given] = entries.length === 1 ? (entries[0] ?? []) : [];
  return (
    textOf(name, given) ?? Object.fromEntries(entries.map(([key, each]) => [key, readable(each)]))
  );
}

const textOf = (name: string | undefined, given: unknown): string | undefined => {
  if (name === "Ref") return typeof given === "string" ? `\${${withoutHash(given)}}` : undefined;
  if (name === "Fn::Sub") return typeof given === "string" ? given : undefined;
  if (name === "Fn::GetAtt") return isTexts(given) ? attributeOf(given) : undefined;
  if (name === "Fn::Join") return Array.isArray(given) ? joined(given) : undefined;
  return undefined;
};

const attributeOf = ([logicalId, attribute, ...others]: readonly string[]): string | undefined =>
  logicalId !== undefined && attribute !== undefined && others.length === 0
    ? `\${${withoutHash(logicalId)}.${attribute}}`
    : undefined;

const joined = ([by, parts, ...others]: readonly unknown[]): string | undefined => {
  const texts = readable(parts);
  if (typeof by !== "string" || others.length > 0) return undefined;
  // A list that is only known at deploy time.
  if (typeof texts === "string" && by === ",") return texts;
  return isTexts(texts) ? texts.join(by) : undefined;
};

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

/** CDK's hash at the end of a construct's path. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, "");
