import type * as z from "zod/mini";
import type { Contract } from "../../lib/contract/contract.ts";

/** Text that no answer may repeat. */
export const marker = "marker-7f3a9c";

export type BadBody = { readonly name: string; readonly json: Readonly<Record<string, unknown>> };

/** Names of a contract's fields, from its schema, and whether they must be there. */
const fieldsOf = ({ body }: Contract): [string, boolean][] => {
  const shape = (body as z.ZodMiniObject<Record<string, z.ZodMiniType>> | undefined)?.shape ?? {};
  return Object.entries(shape).map(([name, field]) => [name, !field.safeParse(undefined).success]);
};

/** Every wrong value of every field, each in a body that is right otherwise. */
export const badBodies = (
  contract: Contract,
  valid: Readonly<Record<string, unknown>>,
): BadBody[] =>
  fieldsOf(contract).flatMap(([field, required]) => [
    ...(required ? [{ name: `no ${field}`, json: without(valid, field) }] : []),
    ...Object.entries(badValues(field, valid[field])).map(([name, value]) => ({
      name: `${field}: ${name}`,
      json: { ...valid, [field]: value },
    })),
  ]);

const badValues = (field: string, valid: unknown): Record<string, unknown> => {
  const text = String(valid);
  const middle = Math.floor(text.length / 2);
  const inserted = (what: string) => `${text.slice(0, middle)}${what}${text.slice(middle)}`;
  return {
    null: null,
    empty: "",
    "a number": 123_456,
    ...(typeof valid !== "boolean" && { "a boolean": true }),
    "an array": [text],
    "an object": { value: text },
    "an object with a prototype": JSON.parse(`{"__proto__": {"x": "${marker}"}}`) as unknown,
    "an object that claims a constructor": { constructor: { name: "String" }, toString: marker },
    "4 KB": marker.repeat(316),
    ...(!anyText.includes(field) && {
      "with NUL": inserted("\0"),
      "with an invisible character": inserted("\u202e"),
    }),
    ...(numeric.includes(field) && {
      "with an Arabic digit": `\u0663${text.slice(1)}`,
      "with a wide digit": `\uff13${text.slice(1)}`,
      "with a mathematical digit": `${text.slice(1)}\u{1d7d9}`,
    }),
  };
};

/** Fields that take any characters: what a person chose for a password, or a host for its audit. */
const anyText = ["password", "reason"];
const numeric = ["code", "ip"];

const without = (json: Readonly<Record<string, unknown>>, field: string) =>
  Object.fromEntries(Object.entries(json).filter(([name]) => name !== field));
