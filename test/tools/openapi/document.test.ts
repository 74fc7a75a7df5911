import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  browserRoutes,
  carrierRoutes,
  hostRoutes,
  telegramRoutes,
  type Route,
} from "../../../infra/settings/routes.ts";
import { contracts } from "../../../lib/contract/all.ts";
import { webhooks } from "../../../lib/contract/webhooks.ts";
import { openapi } from "../../../tools/openapi/document.ts";

test("openapi.yaml says what the contracts say (npm run openapi writes it)", () => {
  const written = readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8");
  expect(written).toBe(openapi());
});

const keys = (routes: readonly Route[]) => routes.map(([method, path]) => `${method} ${path}`);

test("the gateway has a route for each contract and no other, signed exactly where a host calls", () => {
  const keysOf = (ofHosts: boolean) =>
    contracts
      .filter(({ credential }) => (credential === "host") === ofHosts)
      .map(({ method, path }) => `${method} ${path}`);
  expect(keys(browserRoutes).sort()).toEqual(keysOf(false).sort());
  expect(keys(hostRoutes).sort()).toEqual(keysOf(true).sort());
  expect(keys([...telegramRoutes, ...carrierRoutes])).toEqual(
    webhooks.map(({ method, path }) => `${method} ${path}`),
  );
});

test.each(contracts)("the examples of $operation fit their schemas", (contract) => {
  if (contract.body) expect(contract.body.safeParse(contract.examples.body).error).toBeUndefined();
  for (const [status, schema] of Object.entries(contract.answers)) {
    const example = contract.examples.answers[Number(status)];
    if (schema) expect(schema.safeParse(example).error).toBeUndefined();
    else expect(example).toBeUndefined();
  }
});

test("each operation has a name of its own", () => {
  expect(new Set(contracts.map(({ operation }) => operation)).size).toBe(contracts.length);
});
