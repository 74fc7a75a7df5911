import type * as z from "zod/mini";

type Wrapper =
  | z.ZodMiniOptional<z.ZodMiniType>
  | z.ZodMiniNullable<z.ZodMiniType>
  | z.ZodMiniArray<z.ZodMiniType>;

type Inner<Outer extends Wrapper> =
  Outer extends z.ZodMiniArray<infer Item>
    ? Item
    : Outer extends z.ZodMiniOptional<infer Given>
      ? Given
      : Outer extends z.ZodMiniNullable<infer Present>
        ? Present
        : never;

/** The inner schema: the one of an array's items, or of a value that may be absent or null. */
export const within = <Outer extends Wrapper>(outer: Outer): Inner<Outer> => {
  const { def } = outer;
  return ("element" in def ? def.element : def.innerType) as Inner<Outer>;
};

/** The alternatives of a union. */
export const optionsOf = <Options extends readonly z.core.SomeType[]>(
  union: z.ZodMiniUnion<Options>,
): Options => union.def.options;
