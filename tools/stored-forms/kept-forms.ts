import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Forms } from "./forms.ts";
import { shapeOf } from "./shape-of.ts";

/** The forms that a release stored, in a folder for each version. */
const fileOf = (fixtures: string, version: string) => join(fixtures, version, "stored-forms.json");

/** Every version whose forms are kept. */
export const keptVersions = (fixtures: string): readonly string[] =>
  readdirSync(fixtures).filter((version) => existsSync(fileOf(fixtures, version)));

export const keptForms = (fixtures: string, version: string): Forms =>
  // Only `keepForms` below writes these files.
  JSON.parse(readFileSync(fileOf(fixtures, version), "utf8")) as Forms;

/**
 * Keeps the forms of a version, if they are not kept yet or have another shape. What is kept with the same shape stays
 * as it is, although keys and times differ.
 */
export const keepForms = (fixtures: string, version: string, forms: Forms): "written" | "same" => {
  const file = fileOf(fixtures, version);
  const same =
    existsSync(file) &&
    shapeOf(keptForms(fixtures, version)).join("\n") === shapeOf(forms).join("\n");
  if (same) return "same";
  mkdirSync(join(fixtures, version), { recursive: true });
  writeFileSync(file, `${JSON.stringify(forms, null, 2)}\n`);
  return "written";
};
