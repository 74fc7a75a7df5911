import type { Challenge } from "../client.ts";

/** A method of the second step, by its name in the API. */
export type Method = keyof Challenge["methods"];

/** A method whose code the person types on this page. */
export type CodeMethod = Exclude<Method, "telegram">;

/** The strongest method comes first: the one that best resists a stranger who has the password. */
const order: readonly Method[] = ["telegram", "totp", "phone", "recoveryCode"];

/** The methods that this challenge takes now. */
export const offered = ({ methods }: Challenge): readonly Method[] =>
  order.filter((method) => methods[method] !== undefined);

/** The method to show: the chosen one while the challenge offers it, else the strongest one that it offers. */
export const methodShown = (
  challenge: Challenge,
  chosen: Method | undefined,
): Method | undefined => {
  const methods = offered(challenge);
  return methods.find((method) => method === chosen) ?? methods[0];
};

/**
 * The method to open with: the remembered one, else the strongest. It is not Telegram if the service sent no prompt.
 */
export const firstMethod = (
  challenge: Challenge,
  remembered: Method | undefined,
): Method | undefined => {
  const asked = challenge.methods.telegram?.accounts.length !== 0;
  const methods = offered(challenge).filter((method) => asked || method !== "telegram");
  return methods.find((method) => method === remembered) ?? methods[0];
};

export const isMethod = (name: string | undefined): name is Method =>
  order.some((method) => method === name);
