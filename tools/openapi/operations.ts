import { contracts } from "../../lib/contract/all.ts";
import type { Contract } from "../../lib/contract/contract.ts";
import { cookieHeaderOf, securityOf } from "./cookies.ts";
import { exampleOf } from "./examples.ts";
import { codesOf, problemResponses } from "./problems.ts";
import { pascal } from "./names.ts";
import { schemaRef } from "./schemas.ts";
import { tagOf } from "./tags.ts";

/** The `paths` of every contract. */
export const contractPaths = (): Record<string, Record<string, unknown>> => {
  const byPath: Record<string, Record<string, unknown>> = {};
  for (const contract of contracts) {
    (byPath[contract.path] ??= {})[contract.method.toLowerCase()] = operation(contract);
  }
  return byPath;
};

const operation = (contract: Contract) => ({
  operationId: contract.operation,
  summary: contract.summary,
  ...(contract.credential === "fresh_session" && {
    description: "Needs a full authentication of the last ten minutes.",
  }),
  tags: [tagOf(contract)],
  security: securityOf(contract),
  ...parametersOf(contract),
  ...(contract.body && {
    requestBody: {
      // If the caller may leave out every field, they may leave out the body.
      required: !contract.body.safeParse({}).success,
      content: {
        "application/json": {
          schema: schemaRef(contract.body),
          ...exampleOf(contract.examples.body),
        },
      },
    },
  }),
  responses: {
    ...successes(contract),
    ...problemResponses({ operation: contract.operation, codes: codesOf(contract) }),
  },
});

const parametersOf = ({ path, repeatable }: Contract) => {
  const names = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => nameOfParameter(path, name)),
    ...(repeatable ? ["IdempotencyKey"] : []),
  ];
  return (
    names.length > 0 && {
      parameters: names.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    }
  );
};

/** The id of an account is the host's own; we make every other id. */
const nameOfParameter = (path: string, name = "") =>
  name === "id" ? (path.startsWith("/v1/accounts/{id}") ? "AccountId" : "Id") : pascal(name);

const successes = ({ operation: name, answers, examples }: Contract) => {
  const headers = cookieHeaderOf(name);
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: schema ? "Done" : "Done; no body",
        ...(headers && { headers }),
        ...(schema && {
          content: {
            "application/json": {
              schema: schemaRef(schema),
              ...exampleOf(examples.answers[Number(status)]),
            },
          },
        }),
      },
    ]),
  );
};
