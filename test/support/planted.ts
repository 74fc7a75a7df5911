/** A field that a newer release added, and what an older one must leave alone. */
export const planted = "addedLater";

/** Adds such a field to each record, at every depth. */
export const plant = (value: unknown, path: string): unknown => {
  if (Array.isArray(value)) return value.map((one, n) => plant(one, `${path}.${n}`));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => [name, plant(one, `${path}.${name}`)]);
  return { ...Object.fromEntries(fields), [planted]: path };
};

/** The places where a record was and still is, but lost the field that an older release does not know. */
export const lost = (before: unknown, after: unknown, path: string): string[] => {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.flatMap((one, n) => {
      const same = (other: unknown) => keyOf(other) === keyOf(one, n);
      const at = keyOf(one) === undefined ? n : after.findIndex(same);
      return at < 0 ? [] : lost(one, after[at], `${path}.${n}`);
    });
  }
  if (!isRecord(before) || !isRecord(after)) return [];
  const own = planted in before && !(planted in after) ? [path] : [];
  return [
    ...own,
    ...Object.keys(before).flatMap((name) => lost(before[name], after[name], `${path}.${name}`)),
  ];
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keyOf = (value: unknown, n?: number): unknown =>
  isRecord(value) ? (value["id"] ?? value["n"] ?? n) : undefined;
