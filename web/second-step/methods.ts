import type { Challenge } from "../client.ts";

/** A way to answer the second step, as the API names it. */
export type Method = keyof Challenge["methods"];

/** One that is answered by typing a code here. */
export type CodeMethod = Exclude<Method, "telegram">;

/** The strongest first: what resists a stranger with the password best. */
const order: readonly Method[] = ["telegram", "totp", "phone", "recoveryCode"];

/** The methods that this challenge takes now. */
export const offered = ({ methods }: Challenge): readonly Method[] =>
  order.filter((method) => methods[method] !== undefined);

/** The method to show: the one that was chosen while it is offered, else the strongest that is. */
export const methodShown = (
  challenge: Challenge,
  chosen: Method | undefined,
): Method | undefined => {
  const methods = offered(challenge);
  return methods.find((method) => method === chosen) ?? methods[0];
};

/** The method to open with: the remembered one, else the strongest; not Telegram where nobody was asked there. */
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
