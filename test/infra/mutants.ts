import type { Resource, Template } from "./synthesize.ts";

/** One thing that somebody could change by mistake, and how to take it back. */
export type Mutant = {
  /** `LogicalId/Properties/Path: what was done`. */
  readonly where: string;
  readonly apply: () => () => void;
};

type Branch = Record<string, unknown> | unknown[];

/**
 * Every small change of a resource: each value another, each setting and each element of a list left out, one more of
 * each, the whole gone, or kept after the stack where it was not and the other way round.
 */
export function* mutantsOf(template: Template, logicalId: string): Generator<Mutant> {
  const resource = template.Resources[logicalId];
  if (!resource) return;
  const of: Make = (where, apply) => ({ where: `${logicalId}${where}`, apply });
  yield of(": gone", () => {
    const all = template.Resources;
    template.Resources = without(all, logicalId);
    return () => void (template.Resources = all);
  });
  yield* policiesOf(resource, of);
  yield* changesOf(resource.Properties, "", of);
}

type Make = (where: string, apply: Mutant["apply"]) => Mutant;

function* policiesOf(resource: Resource, of: Make): Generator<Mutant> {
  for (const policy of ["DeletionPolicy", "UpdateReplacePolicy"] as const) {
    const before = resource[policy];
    if (before === undefined) continue;
    yield of(`/${policy}: the other`, () => {
      resource[policy] = before === "Delete" ? "Retain" : "Delete";
      return () => void (resource[policy] = before);
    });
  }
}

function* changesOf(branch: Branch, path: string, of: Make): Generator<Mutant> {
  const holder = branch as Record<string, unknown>;
  if (!Array.isArray(branch)) {
    yield of(`${path}: one setting more`, () => {
      holder["Another"] = "*";
      return () => void Reflect.deleteProperty(holder, "Another");
    });
  }
  for (const [key, value] of Object.entries(holder)) {
    const at = `${path}/${key}`;
    const set = (other: unknown) => () => {
      holder[key] = other;
      return () => void (holder[key] = value);
    };
    if (Array.isArray(branch)) {
      yield of(`${at}: left out`, () => {
        branch.splice(Number(key), 1);
        return () => void branch.splice(Number(key), 0, value);
      });
    } else {
      yield of(`${at}: left out`, () => {
        return replaceAll(branch, without(holder, key));
      });
    }
    if (isBranch(value)) {
      if (Array.isArray(value) && value.length > 0) {
        const longer: unknown[] = value;
        yield of(`${at}: one more`, () => {
          longer.push(another(longer.at(-1)));
          return () => void longer.pop();
        });
      }
      yield* changesOf(value, at, of);
    } else yield of(`${at}: another`, set(another(value)));
  }
}

/** Puts entries in place of all that an object has; the order of keys is the same afterwards. */
const replaceAll = (holder: Record<string, unknown>, entries: Record<string, unknown>) => {
  const before = { ...holder };
  const put = (all: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) Reflect.deleteProperty(holder, key);
    Object.assign(holder, all);
  };
  put(entries);
  return () => put(before);
};

const without = <Value>(all: Readonly<Record<string, Value>>, left: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== left));

const isBranch = (value: unknown): value is Branch => typeof value === "object" && value !== null;

const another = (value: unknown): unknown => {
  if (isBranch(value)) return structuredClone(value);
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string" && /^\d+$/.test(value)) return String(Number(value) + 1);
  return value === "*" ? "**" : "*";
};
