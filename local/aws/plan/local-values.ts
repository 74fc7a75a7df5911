/**
 * Values of this machine in place of the template's, as `sam local --env-vars` takes them. Only what the template
 * declares is replaced, so nothing that a deploy would lack can be added.
 */
export type LocalValues = {
  /** By the name of a function's variable. */
  readonly variables?: Readonly<Record<string, string>>;
  /** By the name of a custom resource's property. */
  readonly properties?: Readonly<Record<string, string>>;
  /** The origins that the API allows. */
  readonly origins?: readonly string[];
};

/** Replaces the values whose names are there. */
export const replaced = <Values extends Readonly<Record<string, unknown>>>(
  values: Values,
  by: Readonly<Record<string, string>> = {},
): Values => ({
  ...values,
  ...Object.fromEntries(Object.entries(by).filter(([name]) => Object.hasOwn(values, name))),
});
