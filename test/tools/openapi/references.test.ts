import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { contracts } from "../../../lib/contract/all.ts";
import type { Contract } from "../../../lib/contract/contract.ts";
import { webhooks } from "../../../lib/contract/webhooks.ts";
import { document, openapi } from "../../../tools/openapi/document.ts";
import { codesOf } from "../../../tools/openapi/problems.ts";
import { documentAccepts, nameIn } from "./document-validator.ts";

const Media = z.object({
  schema: z.unknown(),
  example: z.optional(z.unknown()),
  examples: z.optional(z.record(z.string(), z.object({ $ref: z.string() }))),
});
const Content = z.record(z.string(), Media);
const Response = z.union([
  z.object({ $ref: z.string() }),
  z.object({ content: z.optional(Content) }),
]);
const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).check(z.length(1)),
  parameters: z.optional(z.array(z.unknown())),
  requestBody: z.optional(z.object({ content: Content })),
  responses: z.record(z.string(), Response),
});
const made = document();
const paths = z.record(z.string(), z.record(z.string(), Operation)).parse(made.paths);
const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
const find = (operation: string) => {
  const found = operations.find(({ operationId }) => operationId === operation);
  if (!found) throw new Error(`There is no ${operation}.`);
  return found;
};
const Component = z.object({ content: Content });
const { responses, schemas, examples } = z
  .object({
    responses: z.record(z.string(), Component),
    schemas: z.record(z.string(), z.unknown()),
    examples: z.record(z.string(), z.object({ value: z.unknown() })),
  })
  .parse(made.components);
const last = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);

test("the document is good OpenAPI, by Redocly's recommended rules", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source: openapi(), absoluteRef: "openapi.yaml", config });
  expect(
    found.map(({ ruleId, location: [at] }) => `${ruleId} ${at?.pointer ?? ""}`).sort(),
  ).toEqual([
    // The answer of `$default`, which belongs to no operation.
    "no-unused-components #/components/responses/MethodNotAllowedProblem",
    // Nothing that a client can send is wrong there.
    "operation-4xx-response #/paths/~1v1~1health/get/responses",
    "operation-4xx-response #/paths/~1v1~1time/get/responses",
  ]);
});

test("it has the routes of the contracts and the webhooks, and no other", () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const keys = [...contracts, ...webhooks].map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(keys.sort());
});

test("every body of a contract is a reference: a schema is defined once and has one name", () => {
  for (const { operation } of contracts) {
    const { requestBody, responses: answers } = find(operation);
    const contents = [requestBody, ...Object.values(answers)].map((one) =>
      one && "content" in one ? Object.values(one.content ?? {}) : [],
    );
    for (const { schema } of contents.flat()) expect(schemas).toHaveProperty(nameIn(schema));
  }
  const objects = new Map<string, number>();
  const count = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("properties" in value) {
      const text = JSON.stringify(value);
      objects.set(text, (objects.get(text) ?? 0) + 1);
    }
    Object.values(value).forEach(count);
  };
  count({ paths: made.paths, schemas });
  expect([...objects].filter(([, times]) => times > 1)).toEqual([]);
});

test.each(contracts)("$operation names exactly the codes that it can answer", (contract) => {
  const answers = Object.values(find(contract.operation).responses);
  const codes = answers.flatMap((answer) => {
    if (!("$ref" in answer)) return [];
    const name = nameIn(responses[last(answer.$ref)]?.content["application/problem+json"]?.schema);
    const { enum: values } = z.object({ enum: z.array(z.string()) }).parse(schemas[`${name}Code`]);
    expect(z.object({ allOf: z.array(z.unknown()) }).parse(schemas[name]).allOf).toEqual([
      { $ref: "#/components/schemas/Problem" },
      {
        type: "object",
        required: ["code"],
        properties: { code: { $ref: `#/components/schemas/${name}Code` } },
      },
    ]);
    return values;
  });
  expect(codes.sort()).toEqual([...codesOf(contract)].sort());
});

/** Accounts have their host's ids; all other ids are ours. */
const idOf = ({ path }: Contract) => (path.startsWith("/v1/accounts/{id}") ? "AccountId" : "Id");

test.each(contracts)("$operation takes an Idempotency-Key where it can be repeated", (contract) => {
  expect(find(contract.operation).parameters ?? []).toEqual([
    ...(contract.path.includes("{") ? [{ $ref: `#/components/parameters/${idOf(contract)}` }] : []),
    ...(contract.path.includes("{challengeId}")
      ? [{ $ref: "#/components/parameters/ChallengeId" }]
      : []),
    ...(contract.repeatable ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
  ]);
});

test("alternatives say which type it is by which status, for generators that ask", () => {
  expect(schemas["SignInAnswer"]).toEqual({
    oneOf: [{ $ref: "#/components/schemas/SignedIn" }, { $ref: "#/components/schemas/SecondStep" }],
    discriminator: {
      propertyName: "status",
      mapping: {
        signed_in: "#/components/schemas/SignedIn",
        second_step: "#/components/schemas/SecondStep",
      },
    },
  });
});

test("no pattern needs what Python or Rust cannot read, or reads otherwise", () => {
  const patterns = [...openapi().matchAll(/^ *pattern: (.*)$/gm)].map(
    ([, pattern = ""]) => pattern,
  );
  expect(patterns.length).toBeGreaterThan(10);
  expect(patterns.filter((one) => /\\[pPdwDW]|\(\?[=!<]/.test(one))).toEqual([]);
});

const valuesOf = ({ example, examples: shared = {} }: z.output<typeof Media>) => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(shared).map(({ $ref }) => examples[last($ref)]?.value),
];

test("the examples fit the document's own schemas", () => {
  const media = [
    ...contracts.flatMap(({ operation }) => {
      const { requestBody, responses: answers } = find(operation);
      return [requestBody, ...Object.values(answers)];
    }),
    ...Object.values(responses),
  ].flatMap((one) => (one && "content" in one ? Object.values(one.content ?? {}) : []));
  const checked = media.flatMap((one) => {
    const accepts = documentAccepts(nameIn(one.schema));
    return valuesOf(one).map((value) => [nameIn(one.schema), value, accepts(value)]);
  });
  expect(checked.filter(([, , fits]) => !fits)).toEqual([]);
  expect(checked.length).toBeGreaterThan(80);
});
