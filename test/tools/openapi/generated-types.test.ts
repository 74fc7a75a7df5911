import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { afterAll, expect, test } from "vitest";
import { openapi } from "../../../tools/openapi/document.ts";

const directory = mkdtempSync(join(tmpdir(), "twostep-openapi-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Programs of a client, each with what the types of openapi-typescript must let it say and must not. */
const programs = {
  "the security view is one type, whichever route answers it": `
    import type { components, operations } from "./api.ts";
    type View = components["schemas"]["SecurityView"];
    type Answer<Name extends keyof operations> = operations[Name]["responses"] extends {
      200: { content: { "application/json": infer Body } };
    } ? Body : never;
    type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
    export const same: [
      Same<Answer<"readSecurity">, View>, Same<Answer<"confirmTotp">, View>, Same<Answer<"removeTotp">, View>,
      Same<Answer<"confirmPhone">, View>, Same<Answer<"removePhone">, View>, Same<Answer<"switchTelegram">, View>,
      Same<Answer<"confirmTelegramLink">, View>, Same<Answer<"unlinkTelegram">, View>,
      Same<Answer<"putAccount">, View>, Same<Answer<"readAccount">, View>, Same<Answer<"resetAccount">, View>,
    ] = [true, true, true, true, true, true, true, true, true, true, true];
    export const names = (view: View): string[] => view.authenticators.map(({ name }) => name);
    export const item = (view: View): components["schemas"]["Authenticator"] | undefined => view.authenticators[0];
  `,
  "the answer to a password narrows by its status": `
    import type { components } from "./api.ts";
    export const left = (answer: components["schemas"]["SignInAnswer"]): number | undefined => {
      // @ts-expect-error: not before it is known which of the two it is
      answer.challenge;
      switch (answer.status) {
        case "signed_in":
          // @ts-expect-error: there is no challenge
          return answer.challenge;
        case "second_step":
          return answer.challenge.attemptsLeft;
      }
    };
  `,
  "a problem has the codes that its route and status can have": `
    import type { paths } from "./api.ts";
    type Responses = paths["/v1/challenge/totp"]["post"]["responses"];
    type Refusal = Responses[401]["content"]["application/problem+json"];
    export const say = (problem: Refusal): string => {
      switch (problem.code) {
        case "wrong_code":
          return String(problem.attemptsLeft ?? problem.clock?.offsetSeconds ?? problem.title);
        case "code_already_used":
        case "no_challenge":
        case "unauthenticated":
          return problem.title;
      }
    };
    type Conflict = Responses[409]["content"]["application/problem+json"]["code"];
    export const denied: Conflict = "challenge_denied";
    // @ts-expect-error: this one comes with 401
    export const wrong: Conflict = "wrong_code";
  `,
  "path, header and body of a request are typed": `
    import type { components, operations } from "./api.ts";
    type Request = operations["confirmTotp"];
    export const parameters: Request["parameters"] = {
      path: { id: "auth_k3J9" },
      header: { "Idempotency-Key": "8c3f5a0e" },
    };
    export const withoutKey: Request["parameters"] = { path: { id: "auth_k3J9" } };
    // @ts-expect-error: the path has an id
    export const withoutPath: Request["parameters"] = {};
    export const body: components["schemas"]["ConfirmTotpRequest"] = { code: "492039" };
    export const same: Request["requestBody"]["content"]["application/json"] = body;
    // @ts-expect-error: the code is a text
    export const number: components["schemas"]["ConfirmTotpRequest"] = { code: 492039 };
    // @ts-expect-error: no such field
    export const more: components["schemas"]["SignInRequest"] = { email: "a", password: "b", remember: true };
    // @ts-expect-error: this route takes no key
    export const key: operations["readSecurity"]["parameters"]["header"] = { "Idempotency-Key": "x" };
  `,
};

const compile = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  writeFileSync(join(directory, "api.ts"), astToString(await openapiTS(openapi())));
  const files = Object.entries(programs).map(([name, text], at) => {
    const file = join(directory, `program-${at}.ts`);
    writeFileSync(file, text);
    return [name, file] as const;
  });
  const program = ts.createProgram(
    files.map(([, file]) => file),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitReturns: true,
      types: [],
    },
  );
  const found = ts.getPreEmitDiagnostics(program);
  return Object.fromEntries(
    [...files, ["api", join(directory, "api.ts")] as const].map(([name, file]) => [
      name,
      found
        .filter((one) => one.file?.fileName === file)
        .map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n")),
    ]),
  );
};

const faults = await compile();

test("openapi-typescript makes types that compile by themselves", () => {
  expect(faults["api"]).toEqual([]);
});

test.each(Object.keys(programs))("%s", (name) => {
  expect(faults[name]).toEqual([]);
});
