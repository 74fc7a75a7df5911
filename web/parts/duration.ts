import type { Language } from "../language.ts";

const units = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "2 min 30 sec": the two largest units that are not zero, in the language's own short form. */
export const duration = (seconds: number, language: Language): string => {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count === 0 && (unit !== "second" || parts.length > 0)) continue;
    parts.push(
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count),
    );
  }
  return parts.slice(0, 2).join(" ");
};

/** A time of day in the reader's time zone, "14:03:20" or "2:03:20 PM". The person can set a clock by it. */
export const timeOfDay = (at: number | string, language: Language): string =>
  new Intl.DateTimeFormat(language, { timeStyle: "medium" }).format(new Date(at));
