import type { Plan } from "../plan/plan.ts";

/** The ARN of the secret that functions are told of by this variable, if one is. */
export function secretNamedBy(
  variable: string,
  { functions }: Pick<Plan, "functions">,
): string | undefined {
  return functions.map(({ environment }) => environment[variable]).find((arn) => arn !== undefined);
}
