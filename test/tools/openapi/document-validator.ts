import { Ajv2020 } from "ajv/dist/2020.js";
import * as z from "zod/mini";
import { document } from "../../../tools/openapi/document.ts";
import type { Length } from "../../../tools/openapi/text-limits.ts";

const validator = (): Ajv2020 => {
  const made = new Ajv2020({ strict: false });
  // Formats say in a word what the patterns beside them say exactly; a URL has no pattern.
  for (const format of ["ipv4", "ipv6", "date-time"]) made.addFormat(format, true);
  made.addFormat("uri", (text) => URL.canParse(text.trim()));
  made.addSchema({ $id: "openapi", ...document() });
  return made;
};

const plain = validator();
const ajv = validator();

ajv.addKeyword({
  keyword: "x-length",
  type: "string",
  validate: ({ minimum, maximum, after }: Length, text: string) => {
    const { length } = Array.from(after === "trim" ? text.trim() : text.normalize("NFKC"));
    return length >= minimum && length <= maximum;
  },
});

ajv.addKeyword({
  keyword: "x-refused-characters",
  type: "string",
  validate: (refused: string, text: string) => !new RegExp(`[${refused}]`, "u").test(text.trim()),
});

/** Whether the document says that this is a value of the schema of that name, by a validator that is not ours. */
export const documentAccepts = (name: string) => accepts(ajv, name);

/** The same for a validator that does not know the document's two extensions. */
export const documentAcceptsPlainly = (name: string) => accepts(plain, name);

const accepts = (by: Ajv2020, name: string): ((value: unknown) => boolean) => {
  const validate = by.compile({ $ref: `openapi#/components/schemas/${name}` });
  return (value) => validate(value);
};

const Reference = z.object({ $ref: z.string() });

/** The name of the schema that a reference of the document leads to. */
export const nameIn = (schema: unknown): string =>
  Reference.parse(schema).$ref.replace("#/components/schemas/", "");
