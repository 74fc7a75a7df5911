import type * as z from "zod/mini";
import { allowing, trimmedTo, type Refused } from "./refused-characters.ts";

/** The length of a text after a change of it. It is the extension `x-length`, because JSON Schema cannot say this. */
export type Length = {
  readonly minimum: number;
  readonly maximum: number;
  readonly after: "trim" | "NFKC";
};

/**
 * The checks of a text. `rawMaximum` counts the text as it comes; the others count it after `trim`, if it is trimmed.
 */
type Checks = {
  readonly trimmed: boolean;
  readonly rawMaximum?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** `pattern` is the form of the text; `refused` are characters that it must not have. A text has one of the two. */
  readonly pattern?: string;
  readonly refused?: Refused;
  readonly length?: Length;
};

/**
 * Describes a text by keywords of JSON Schema, `x-length` and `x-refused-characters`. Together they accept exactly the
 * texts that the checks accept. Throws for a check that it cannot describe, so that no limit disappears unnoticed.
 */
export const textLimits = ({ _zod: { def } }: z.core.$ZodString): Record<string, unknown> => {
  const checks = (def.checks ?? []).reduce(addCheck, { trimmed: false });
  const { refused } = checks;
  return {
    ...(checks.trimmed ? trimmedLimits(checks) : plainLimits(checks)),
    ...(refused !== undefined && { "x-refused-characters": refused }),
  };
};

/** The checks that this file can describe. `addCheck` throws for any other. */
type KnownCheck =
  | z.core.$ZodCheckOverwriteDef<string>
  | z.core.$ZodCheckMinLengthDef
  | z.core.$ZodCheckMaxLengthDef
  | z.core.$ZodCheckStringFormatDef
  | z.core.$ZodCustomDef;

const addCheck = (checks: Checks, { _zod }: z.core.$ZodCheck<string>): Checks => {
  const def = _zod.def as KnownCheck;
  switch (def.check) {
    case "overwrite": {
      if (def.tx(" a\n") !== "a") throw new Error("Only trim may change a text.");
      const { maximum, ...others } = checks;
      return { ...others, trimmed: true, ...(maximum !== undefined && { rawMaximum: maximum }) };
    }
    // Both zod and JSON Schema count characters (code points).
    case "min_length":
      return { ...checks, minimum: def.minimum };
    case "max_length":
      return { ...checks, maximum: def.maximum };
    case "string_format":
      return { ...checks, ...formOf(def.pattern?.source) };
    case "custom":
      if (!isLength(def.params)) throw new Error("A refinement must say its length in `params`.");
      return { ...checks, length: def.params };
    default:
      throw new Error(`No words for the check ${_zod.def.check} of a text.`);
  }
};

const formOf = (pattern: string | undefined): Pick<Checks, "pattern" | "refused"> => {
  if (pattern === undefined) return {};
  const refused = /^\^\[\^(.+)\]\*\$$/.exec(pattern)?.[1];
  return refused === undefined ? { pattern } : { refused };
};

const isLength = (params: Record<string, unknown> | undefined): params is Length =>
  params !== undefined && ["minimum", "maximum", "after"].every((key) => key in params);

const plainLimits = ({ minimum, maximum, pattern, refused, length }: Checks) => ({
  ...(minimum !== undefined && { minLength: minimum }),
  ...(maximum !== undefined && { maxLength: maximum }),
  ...(pattern !== undefined && { pattern }),
  ...(refused !== undefined && { pattern: allowing(refused) }),
  ...(length && { "x-length": length }),
});

/** Blanks around the text do not count, so the pattern counts the other characters. */
const trimmedLimits = ({ rawMaximum, minimum, maximum, pattern, refused, length }: Checks) => {
  const raw = rawMaximum !== undefined && { maxLength: rawMaximum };
  if (refused !== undefined && minimum === 1 && maximum !== undefined && !length) {
    const counted: Length = { minimum, maximum, after: "trim" };
    return { ...raw, pattern: trimmedTo(refused, maximum), "x-length": counted };
  }
  if (pattern !== undefined && minimum === undefined && maximum === undefined && !length) {
    return { ...raw, pattern: `^\\s*(?:${pattern.slice(1, -1)})\\s*$` };
  }
  throw new Error("No words for these checks of a text that is trimmed.");
};
