/** The environment variables of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a setting that the template gives. Throws if it is missing, so that the function does not start. */
export const setting = (env: Environment, name: string): string => {
  const value = env[name];
  if (!value) throw new Error(`The environment lacks ${name}.`);
  return value;
};
