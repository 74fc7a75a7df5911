import * as z from "zod/mini";
import { contracts } from "../../lib/contract/all.ts";
import { descriptions } from "./descriptions.ts";
import { names, requestNameOf } from "./names.ts";
import { textLimits } from "./text-limits.ts";

type Json = Record<string, unknown>;

const refTo = (name: string) => `#/components/schemas/${name}`;

const registry = z.registry<{ id: string }>();
const notes = z.registry<{ description: string }>();
for (const [name, schema] of Object.entries(names)) registry.add(schema, { id: name });
for (const contract of contracts) {
  if (contract.body) registry.add(contract.body, { id: requestNameOf(contract) });
}
for (const [schema, description] of descriptions) notes.add(schema, { description });

/**
 * The reference to a contract's schema. Throws if the schema has no name, because clients want a type for every body.
 */
export const schemaRef = (schema: z.core.$ZodType): { readonly $ref: string } => {
  const name = registry.get(schema)?.id;
  if (name === undefined) throw new Error("Give each answer a name in tools/openapi/names.ts.");
  return { $ref: refTo(name) };
};

/** The part of `components.schemas` for the contracts' bodies and answers, by name. */
export const contractSchemas = (): Record<string, Json> => {
  // `input` describes what a client sends. It describes answers too, but does not forbid more fields: an answer may get
  // more later, and a client must not refuse them.
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: refTo,
    metadata: notes,
    override: rewrite,
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([name, schema]) => [name, { ...schema, ...discriminator(name, schemas) }] as const)
      .map(([name, schema]) => [name, without(schema, "$schema", "$id")] as const)
      .sort(([a], [b]) => a.localeCompare(b, "en")),
  );
};

const without = (schema: Json, ...keywords: readonly string[]): Json =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));

/** Corrects zod's translation where it is wrong, too loose or too long. */
const rewrite = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }) => {
  const { def } = zodSchema._zod;
  if (def.type === "string" && (def.checks?.length ?? 0) > 0) {
    delete jsonSchema["minLength"];
    delete jsonSchema["maxLength"];
    delete jsonSchema["pattern"];
    // The service accepts blanks around a mail, but the format does not.
    if (jsonSchema["format"] === "email") delete jsonSchema["format"];
    Object.assign(jsonSchema, textLimits(zodSchema as z.core.$ZodString));
  }
  // zod's pattern spends half a kilobyte on leap years, and `format` already says that.
  if (jsonSchema["format"] === "date-time") delete jsonSchema["pattern"];
  if (jsonSchema["type"] === "integer") {
    if (jsonSchema["minimum"] === Number.MIN_SAFE_INTEGER) delete jsonSchema["minimum"];
    if (jsonSchema["maximum"] === Number.MAX_SAFE_INTEGER) delete jsonSchema["maximum"];
  }
};

/**
 * The discriminator for generators that need one: it maps each value to its alternative. Every alternative has a name.
 */
const discriminator = (name: string, schemas: Readonly<Record<string, Json>>): Json => {
  const def = names[name]?._zod.def as { discriminator?: string } | undefined;
  if (def?.discriminator === undefined) return {};
  const { discriminator: propertyName } = def;
  const alternatives = z.array(z.object({ $ref: z.string() })).parse(schemas[name]?.["oneOf"]);
  const Alternative = z.object({
    properties: z.record(z.string(), z.object({ const: z.optional(z.string()) })),
  });
  const mapping = alternatives.map(({ $ref }) => {
    const { properties } = Alternative.parse(schemas[$ref.slice(refTo("").length)]);
    return [properties[propertyName]?.const, $ref];
  });
  return { discriminator: { propertyName, mapping: Object.fromEntries(mapping) as Json } };
};
