import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorsIn } from "../../support/compile.ts";

const directory = fileURLToPath(new URL("../../../lib/phone/carriers/", import.meta.url));

const parts = {
  title: '"Acme"',
  apiRoot: '"https://api.acme.example"',
  credentials: "z.object({ key: z.string() })",
  make: `({ credentials: { key }, baseUrl }: CarrierOptions<{ key: string }>): Carrier<"acme"> => ({
    name: "acme",
    kind: "we_choose",
    place: () => Promise.resolve({ kind: "placed", reference: key + baseUrl }),
    status: () => Promise.resolve("unknown"),
  })`,
  callback: "null",
};
type Part = keyof typeof parts;
const everyPart = Object.keys(parts) as Part[];

const acmes = "{ readonly key: string }";
const declared = (object: string) =>
  `export const acme: CarrierEntry<"acme", ${acmes}> = ${object};`;
const bare = (object: string) => `export const acme = ${object} as const;`;

const objectOf = (given: Partial<Record<Part, string>>) =>
  `{ ${Object.entries(given)
    .map(([part, code]) => `${part}: ${code}`)
    .join(", ")} }`;
const without = (part: Part) =>
  objectOf(Object.fromEntries(Object.entries(parts).filter(([each]) => each !== part)));
const changed = (change: Partial<Record<Part, string>>) => objectOf({ ...parts, ...change });

/** The carrier's file, and a word that the compiler has to say of it; none where it has nothing to say. */
type Case = readonly [what: string, entry: string, word?: string];

const whole: readonly Case[] = [
  ["all parts", declared(objectOf(parts))],
  ["all parts, without a type", bare(objectOf(parts))],
  [
    "a callback",
    declared(
      changed({
        callback:
          '{ verify: ({ key }, { headers }) => headers["x-key"] === key, read: () => undefined }',
      }),
    ),
  ],
];

const broken: readonly Case[] = [
  ...everyPart.flatMap((part): Case[] => [
    [`no ${part}`, declared(without(part)), part],
    [`no ${part}, without a type`, bare(without(part)), part],
  ]),
  [
    "another name",
    `export const acme: CarrierEntry<"akme", ${acmes}> = ${changed({ make: parts.make.replaceAll("acme", "akme") })};`,
    "akme",
  ],
  [
    "an adapter of another name",
    declared(changed({ make: parts.make.replaceAll("acme", "akme") })),
    "akme",
  ],
  [
    "credentials that its adapter cannot do with",
    bare(changed({ credentials: "z.object({ id: z.string() })" })),
    "key",
  ],
  [
    "credentials that are no texts",
    bare(changed({ credentials: "z.object({ key: z.number() })" })),
    "number",
  ],
  [
    "an API over plain http",
    declared(changed({ apiRoot: '"http://api.acme.example"' })),
    "https://",
  ],
  [
    "a callback that checks nothing",
    declared(changed({ callback: "{ read: () => undefined }" })),
    "verify",
  ],
];

const cases = [...whole, ...broken];

/** As somebody adds one: a folder beside the others, and a line in the list. */
const filesOf = ([, entry]: Case, n: number): readonly [string, string][] => {
  const list = readFileSync(`${directory}carriers.ts`, "utf8");
  const longer = list
    .replace("\nconst list = {", "\nconst list = {\n  acme,")
    .replace("\nimport ", `\nimport { acme } from "./acme${n}/acme.ts";\nimport `);
  expect(longer.match(/acme/g)).toHaveLength(4);
  const imports = [
    'import * as z from "zod/mini";',
    'import type { Carrier } from "../carrier.ts";',
    'import type { CarrierEntry, CarrierOptions } from "../carrier-entry.ts";',
    // Whether an entry uses them is not the question.
    "export type Imported = [z.ZodMiniType, Carrier, CarrierEntry<string, never>, CarrierOptions<never>];",
  ];
  return [
    [`${directory}acme${n}/acme.ts`, [...imports, entry].join("\n")],
    [`${directory}carriers${n}.ts`, longer],
  ];
};

const errors = errorsIn(Object.fromEntries(cases.flatMap(filesOf)));
const errorsOf = (one: Case) =>
  filesOf(one, cases.indexOf(one)).flatMap(([path]) => errors[path] ?? []);

describe("a carrier compiles", () => {
  test.each(whole.map((one) => [one[0], one] as const))("with %s", (_, one) => {
    expect(errorsOf(one)).toEqual([]);
  });
});

describe("a carrier does not compile", () => {
  test.each(broken.map((one) => [one[0], one] as const))("with %s", (_, one) => {
    expect(errorsOf(one).join("\n")).toContain(one[2]);
  });
});
