/** The sources of a payload's values: the state's input as `$`, the context object as `$$`. */
export type PayloadSources = { input: unknown; context: unknown };

export type Filled = { kind: "filled"; value: unknown } | { kind: "missing"; path: string };

/** `$.accountId`, `$$.Task.Token`; no filters, no indexes, no intrinsic functions. */
const PATH = /^\$\$?(\.[A-Za-z_]\w*)*$/;

/** Says what is wrong with a payload; undefined if nothing is. */
export function faultOfPayload(template: unknown): string | undefined {
  if (Array.isArray(template)) return firstFault(template);
  if (typeof template !== "object" || template === null) return undefined;
  const unknown = Object.entries(template).find(
    ([key, value]) => key.endsWith(".$") && !(typeof value === "string" && PATH.test(value)),
  );
  return unknown
    ? `the local stack does not know the path ${JSON.stringify(unknown[1])} of ${unknown[0]}`
    : firstFault(Object.values(template));
}

function firstFault(parts: readonly unknown[]): string | undefined {
  return parts.map(faultOfPayload).find((fault) => fault !== undefined);
}

/** Puts values in place of paths: the field `name.$` becomes `name`. */
export function fillPayload(template: unknown, sources: PayloadSources): Filled {
  if (Array.isArray(template)) {
    const parts = template.map((part) => fillPayload(part, sources));
    return parts.find(isMissing) ?? { kind: "filled", value: parts.filter(isFilled).map(valueOf) };
  }
  if (typeof template !== "object" || template === null) return { kind: "filled", value: template };
  const fields = Object.entries(template).map(([key, value]) =>
    key.endsWith(".$")
      ? ([key.slice(0, -2), follow(String(value), sources)] as const)
      : ([key, fillPayload(value, sources)] as const),
  );
  const missing = fields.map(([, filled]) => filled).find(isMissing);
  if (missing) return missing;
  const values = fields.flatMap(([key, filled]) =>
    isFilled(filled) ? [[key, filled.value] as const] : [],
  );
  return { kind: "filled", value: Object.fromEntries(values) };
}

export function follow(path: string, { input, context }: PayloadSources): Filled {
  const [root, ...names] = path.split(".");
  let value = root === "$$" ? context : input;
  for (const name of names) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return { kind: "missing", path };
    value = (value as Record<string, unknown>)[name];
  }
  return { kind: "filled", value };
}

type FilledIn = Extract<Filled, { kind: "filled" }>;
const isFilled = (filled: Filled): filled is FilledIn => filled.kind === "filled";
const isMissing = (filled: Filled) => filled.kind === "missing";
const valueOf = ({ value }: FilledIn): unknown => value;
