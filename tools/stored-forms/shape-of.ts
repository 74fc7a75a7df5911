import type { Forms } from "./forms.ts";
import type { StoredItem } from "../cost/metering/metered-table.ts";

/**
 * The forms without their values: each kind of item with the names and types of its attributes, and of the fields in
 * attributes that hold JSON. Two runs of the same code give the same shape.
 */
export const shapeOf = ({ items }: Pick<Forms, "items">): readonly string[] =>
  [
    ...new Set(items.flatMap((item) => fieldsOf(item).map((field) => `${kindOf(item)} ${field}`))),
  ].sort();

/** The words of an item's key, without ids and hashes. */
const kindOf = ({ pk, sk }: StoredItem): string => {
  const [first = "", second = ""] = (pk?.S ?? "").split("#");
  const [below = ""] = (sk?.S ?? "").split("#");
  return ["budget", "claim", "index"].includes(first) ? `${first} ${second}` : `${first} ${below}`;
};

const fieldsOf = (item: StoredItem): string[] =>
  Object.entries(item).flatMap(([attribute, value]) => {
    // A counter has an attribute for each part of its window.
    const name = attribute.replace(/^part\d+$/, "part");
    const [type = ""] = Object.keys(value);
    const json = value.S?.startsWith("{") ? (JSON.parse(value.S) as unknown) : undefined;
    return json === undefined ? [`${name} ${type}`] : pathsOf(json, name);
  });

const pathsOf = (value: unknown, path: string): string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${path}[]`));
  if (typeof value !== "object" || value === null) return [`${path} ${typeof value}`];
  return Object.entries(value).flatMap(([name, one]) => pathsOf(one, `${path}.${name}`));
};
