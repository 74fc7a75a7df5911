import { accountBytesAtMost, largestAccountBytes } from "./account-size.ts";
import { defaultLimits, type Limits } from "./limits.ts";

/** The numbers that a deployer changes; the others keep their defaults. */
export type ChangedLimits = {
  readonly [Area in keyof Limits]?: Limits[Area] extends number ? number : Partial<Limits[Area]>;
};

/** The highest values of some numbers. Above them a promise breaks: NIST SP 800-63B-4 §3.1.3.2 and §3.2.2. */
const most: Readonly<Record<string, number>> = {
  "challenge.lifeSeconds": 600,
  "guesses.codesOff": 100,
  "totp.driftHintSteps": 10,
};

/**
 * All limits with these changes. Throws for an unknown name (a misspelt limit must not silently keep its default), for
 * a value that is not a positive whole number or is higher than a promise allows, and for limits with which an account
 * could outgrow its item.
 */
export function changeLimits(changed: unknown): Limits {
  const areas = entriesOf("limits", changed).map(([area, value]): [string, unknown] => {
    const usual = defaultLimits[area as keyof Limits] as
      number | Record<string, number> | undefined;
    if (usual === undefined || !Object.hasOwn(defaultLimits, area)) throw unknown(area);
    if (typeof usual === "number") return [area, checked(area, value)];
    const numbers = entriesOf(area, value).map(([name, number]) => {
      if (!Object.hasOwn(usual, name)) throw unknown(`${area}.${name}`);
      return [name, checked(`${area}.${name}`, number)];
    });
    return [area, { ...usual, ...Object.fromEntries(numbers) }];
  });
  // Every area keeps the shape of its default.
  const limits: Limits = { ...defaultLimits, ...Object.fromEntries(areas) };
  const bytes = accountBytesAtMost(limits);
  if (bytes > largestAccountBytes) {
    throw new Error(
      `With these limits an account could take ${bytes} bytes, more than ${largestAccountBytes}: lower the numbers of factors, of open challenges or of entries.`,
    );
  }
  return limits;
}

/** Reads the limits from a function's environment variable: JSON of the changes, or nothing. */
export const readLimits = (text: string | undefined): Limits =>
  text ? changeLimits(JSON.parse(text)) : defaultLimits;

const entriesOf = (what: string, value: unknown): [string, unknown][] => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${what} must be an object of numbers.`);
  }
  return Object.entries(value);
};

const checked = (name: string, value: unknown): number => {
  if (!Number.isSafeInteger(value) || Number(value) < 1) {
    throw new Error(`The limit ${name} must be a positive whole number.`);
  }
  const limit = most[name] ?? Infinity;
  if (Number(value) > limit) throw new Error(`The limit ${name} must be at most ${limit}.`);
  return Number(value);
};

const unknown = (name: string) => new Error(`There is no limit ${name}.`);
