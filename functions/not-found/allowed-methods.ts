import type { Contract } from "../../lib/contract/contract.ts";

/** The methods that this path takes: none where there is nothing at it. */
export const allowedMethods = (contracts: readonly Contract[], path: string): string[] =>
  contracts.filter((contract) => matches(contract.path, path)).map((contract) => contract.method);

const matches = (pattern: string, path: string): boolean => {
  const [expected, given] = [pattern.split("/"), path.split("/")];
  return (
    expected.length === given.length &&
    expected.every((part, i) => (part.startsWith("{") ? given[i] !== "" : part === given[i]))
  );
};
