import type { Plan } from "../plan/plan.ts";

/** The ARN of the secret that this variable names to functions; undefined if no function has the variable. */
export function secretNamedBy(
  variable: string,
  { functions }: Pick<Plan, "functions">,
): string | undefined {
  return functions.map(({ environment }) => environment[variable]).find((arn) => arn !== undefined);
}
