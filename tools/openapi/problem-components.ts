import { problems, type ProblemCode } from "../../lib/contract/problems.ts";
import { problemExample } from "./problem-examples.ts";
import type { problemKinds } from "./problems.ts";

type Kinds = ReturnType<typeof problemKinds>;

const codeName = (name: string) => `${name}Code`;

/** The part of `components.schemas` for kinds of problems: `Problem`, each with a type of exactly its codes. */
export const problemTypes = (kinds: Kinds): Record<string, object> =>
  Object.fromEntries(
    kinds.flatMap(({ name, codes }): [string, object][] => [
      [
        name,
        {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            {
              type: "object",
              required: ["code"],
              properties: { code: { $ref: `#/components/schemas/${codeName(name)}` } },
            },
          ],
        },
      ],
      [codeName(name), { type: "string", enum: codes }],
    ]),
  );

/** The `components.responses`. */
export const problemAnswers = (kinds: Kinds) =>
  Object.fromEntries(
    kinds.map(({ name, status, codes }) => [
      name,
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code][1]}`).join("; "),
        ...headersOf(status),
        content: {
          "application/problem+json": {
            schema: { $ref: `#/components/schemas/${name}` },
            examples: Object.fromEntries(
              codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
            ),
          },
        },
      },
    ]),
  );

/** The part of `components.examples` for problems. */
export const problemExamples = (kinds: Kinds) =>
  Object.fromEntries(
    [...new Set(kinds.flatMap(({ codes }) => codes))]
      .sort()
      .map((code: ProblemCode) => [code, { value: problemExample(code) }]),
  );

const headersOf = (status: number) => {
  switch (status) {
    case 405:
      return { headers: { Allow: { $ref: "#/components/headers/Allow" } } };
    case 429:
    case 503:
      return { headers: { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } };
    default:
      return {};
  }
};

/** The part of `components.headers` for problems. */
export const problemHeaders = {
  RetryAfter: {
    description: "Seconds to wait; `retryAfter` of the body",
    schema: { type: "integer", minimum: 1 },
    example: 30,
  },
  Allow: {
    description: "The methods that the address takes",
    schema: { type: "string" },
    example: "GET, DELETE",
  },
};
