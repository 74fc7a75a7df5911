import * as z from "zod";
import { readDefinition, type Definition } from "../../../local/aws/states-language/definition.ts";

export const Machine = z.object({
  DefinitionString: z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) }),
});

const Reference = z.union([
  z
    .object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) })
    .transform((it) => it["Fn::GetAtt"][0]),
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
]);

/** Reads the fallback's definition. In it, functions have their names in place of references. */
export const fallbackOf = (
  { DefinitionString }: z.infer<typeof Machine>,
  nameOf: (logicalId: string) => string | undefined,
): Definition => {
  const [, parts] = DefinitionString["Fn::Join"];
  const text = parts.map((part) => (typeof part === "string" ? part : Reference.parse(part)));
  return readDefinition(text.join("").replaceAll("AWS::Partition", "aws"), (id) => {
    const name = nameOf(id);
    if (!name) throw new Error(`The fallback names no function: ${id}`);
    return name;
  });
};
