import type * as z from "zod/mini";
import { allowing, trimmedTo, type Refused } from "./refused-characters.ts";

/** How many characters a text has once something is done to it: the extension `x-length`, since JSON Schema cannot say it. */
export type Length = {
  readonly minimum: number;
  readonly maximum: number;
  readonly after: "trim" | "NFKC";
};

/** The checks of a text. `rawMaximum` is of the text as it comes, the others of what is left when it has been trimmed. */
type Checks = {
  readonly trimmed: boolean;
  readonly rawMaximum?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Either what the text looks like, or what must not be in it. */
  readonly pattern?: string;
  readonly refused?: Refused;
  readonly length?: Length;
};

/**
 * What a text must be, in the keywords of JSON Schema and in `x-length` and `x-refused-characters`: together exactly what
 * its checks let through. Throws for a check that it has no words for, so that no limit is left out in silence.
 */
export const textLimits = ({ _zod: { def } }: z.core.$ZodString): Record<string, unknown> => {
  const checks = (def.checks ?? []).reduce(addCheck, { trimmed: false });
  const { refused } = checks;
  return {
    ...(checks.trimmed ? trimmedLimits(checks) : plainLimits(checks)),
    ...(refused !== undefined && { "x-refused-characters": refused }),
  };
};

/** The checks that there are words for; any other throws. */
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
    // Both count characters (code points), zod as well as JSON Schema.
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

/** Blanks around it do not count, so the pattern counts the others. */
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
