import type { Language } from "../language.ts";

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/**
 * "3 hours ago"; less than a minute is "now". A time after `now` counts as now, so that no past event lies in the
 * future.
 */
export const ago = (at: string, now: number, language: Language): string => {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  const [unit, length] = units.find(([, least]) => seconds >= least) ?? ["second", 1];
  const count = unit === "second" ? 0 : Math.floor(seconds / length);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-count, unit);
};

/** "in 5 minutes", rounded up, so that the person does not come back too early. */
export const within = (seconds: number, language: Language): string => {
  const [unit, length] = units.find(([, least]) => seconds > least) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language).format(Math.ceil(seconds / length), unit);
};

/** "24 Nov 2026, 10:00", in the reader's time zone. */
export const exactly = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(at),
  );

/** "24 Nov 2026" */
export const day = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(at));

/** "0:20" */
export const countdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
