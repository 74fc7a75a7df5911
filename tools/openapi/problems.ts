import { contracts } from "../../lib/contract/all.ts";
import { stackProblems, type Contract } from "../../lib/contract/contract.ts";
import { problems, type ProblemCode } from "../../lib/contract/problems.ts";
import { pascal } from "./names.ts";

type Codes = readonly ProblemCode[];

/** The codes of every problem that a route can answer. */
export const codesOf = (contract: Contract): Codes => [
  ...new Set([...contract.problems, ...stackProblems(contract)]),
];

/** Sets of codes of one status that many routes share, with the name of their type. */
const sharedNames: Readonly<Record<string, string>> = {
  "invalid_json invalid_request": "BadRequestProblem",
  "no_challenge unauthenticated wrong_code code_already_used": "RefusedCodeProblem",
  "forbidden_origin reauthentication_required": "ForbiddenProblem",
  "unauthenticated wrong_code": "UnconfirmedCodeProblem",
  "challenge_denied challenge_expired challenge_locked challenge_cancelled challenge_completed method_unavailable session_of_another_account":
    "AnswerConflictProblem",
  "busy unavailable": "ServiceUnavailableProblem",
};

const statusWords: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  409: "Conflict",
  429: "TooManyRequests",
  503: "ServiceUnavailable",
};

const keyOf = (codes: Codes) => [...codes].sort().join(" ");

const shared = Object.fromEntries(
  Object.entries(sharedNames).map(([codes, name]) => [codes.split(" ").sort().join(" "), name]),
);

/**
 * Names the type of one status's problems: after the only code, after a shared set of codes, or after the operation.
 */
const typeName = (codes: Codes, operation: string): string => {
  const [first = "", ...others] = codes;
  if (others.length === 0) return `${pascal(first)}Problem`;
  const status = problems[first as ProblemCode][0];
  return shared[keyOf(codes)] ?? `${pascal(operation)}${statusWords[status] ?? status}Problem`;
};

type Alternatives = { readonly status: number; readonly codes: Codes; readonly name: string };

/** Groups these codes by status. The problems of one status are alternatives; their `code` tells them apart. */
const byStatus = (codes: Codes, operation: string): Alternatives[] =>
  [...new Set(codes.map((code) => problems[code][0]))].sort().map((status) => {
    const alike = codes.filter((code) => problems[code][0] === status);
    return { status, codes: alike, name: typeName(alike, operation) };
  });

type Asked = { readonly operation: string; readonly codes: Codes };

/** The `responses` of an operation that can answer with these codes. */
export const problemResponses = ({ operation, codes }: Asked) =>
  Object.fromEntries(
    byStatus(codes, operation).map(({ status, name }) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );

/** Every kind of problem of all contracts, of `others` and of `$default`, each once. */
export const problemKinds = (others: readonly Asked[]): Alternatives[] => {
  const asked = [
    ...contracts.map((one) => ({ operation: one.operation, codes: codesOf(one) })),
    ...others,
    { operation: "default", codes: ["method_not_allowed"] as const },
  ];
  const kinds = asked.flatMap(({ operation, codes }) => byStatus(codes, operation));
  return [...new Map(kinds.map((kind) => [kind.name, kind])).values()].sort((a, b) =>
    a.name.localeCompare(b.name, "en"),
  );
};
