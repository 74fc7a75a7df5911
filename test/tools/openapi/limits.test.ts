import fc from "fast-check";
import * as z from "zod/mini";
import { describe, expect, test } from "vitest";
import { contracts } from "../../../lib/contract/all.ts";
import type { Contract } from "../../../lib/contract/contract.ts";
import { names, requestNameOf } from "../../../tools/openapi/names.ts";
import { textLimits } from "../../../tools/openapi/text-limits.ts";
import { documentAccepts, documentAcceptsPlainly } from "./document-validator.ts";

const url = (length: number) => "https://panel.example.com/".padEnd(length, "a");
const mail = (length: number) => "@example.com".padStart(length, "a");

type Limit = readonly [name: string, within: string, beyond: string];

/** Of each limit: the last value within it and the first one beyond. */
const plainLimits: readonly Limit[] = [
  ["Email", mail(254), mail(255)],
  ["Email", mail(252) + "  ", mail(253) + "  "],
  ["Password", "a".repeat(1024), "a".repeat(1025)],
  ["Password", "😀".repeat(1024), "😀".repeat(1025)],
  ["Password", "a", ""],
  ["TotpCode", "123456", "12345"],
  ["TotpCode", "123 456", "12 34 56"],
  ["TotpCode", "123456".padEnd(32), "123456".padEnd(33)],
  ["PhoneCode", "1234", "12345"],
  ["PhoneCode", "123-456", "123--456"],
  ["PhoneCode", "1234".padStart(32), "1234".padStart(33)],
  ["RecoveryCode", "7HQ3K M0X4P", "7HQ3K M0X4"],
  ["RecoveryCode", "iloILO0000", "u000000000"],
  ["RecoveryCode", "k000000000", "\u212a000000000"],
  ["RecoveryCode", "7hq3k-m0x4p".padEnd(32), "7hq3k-m0x4p".padEnd(33)],
  ["Name", "a".repeat(40), "a".repeat(41)],
  ["Name", "😀".repeat(40), "😀".repeat(41)],
  ["Name", `\u00a0${"a".repeat(40)}\n`, `\u00a0${"a".repeat(41)}\n`],
  ["Name", " a ", "  "],
  ["Device", "a".repeat(60), "a".repeat(61)],
  ["Device", "a\u2028b", "a\tb"],
  ["GivenTime", "2026-11-24T10:00:00Z", "2026-11-24 10:00:00Z"],
  ["GivenTime", `2026-11-24T10:00:00.${"0".repeat(9)}Z`, `2026-11-24T10:00:00.${"0".repeat(10)}Z`],
  ["UserAgent", "a".repeat(1000), "a".repeat(1001)],
  ["UserAgent", "curl/8", "curl\t8"],
  ["Reason", "a".repeat(200), "a".repeat(201)],
  ["ReturnTo", url(2000), url(2001)],
  ["ReturnTo", "https://panel.example.com", "panel.example.com"],
  ["NumberId", "a".repeat(64), "a".repeat(65)],
  ["PhoneNumber", "1".repeat(40), "1".repeat(41)],
  ["PhoneNumber", "+38 (050) 123-45.42/1", "+38 050 123 45 42 ext"],
  ["Token", `a.b.${"c".repeat(43)}`, `a.b.${"c".repeat(42)}`],
  [
    "Token",
    `${"a".repeat(128)}.${"b".repeat(64)}.${"c".repeat(43)}`,
    `a.${"b".repeat(65)}.${"c".repeat(43)}`,
  ],
  ["IpAddress", "255.255.255.255", "256.0.0.1"],
  ["IpAddress", "2001:db8::1", "2001:db8:::1"],
  ["Locale", "uk", "de"],
];

/** Those which only the document's extensions say. */
const furtherLimits: readonly Limit[] = [
  ["NewPassword", "a".repeat(8), "a".repeat(7)],
  ["NewPassword", "😀".repeat(8), "😀".repeat(7)],
  ["NewPassword", "a".repeat(256), "a".repeat(257)],
  ["NewPassword", "e\u0301".repeat(256), "e\u0301".repeat(257)],
  ["NewPassword", "\u1112\u1161\u11ab".repeat(256), "\u1112\u1161\u11ab".repeat(257)],
  // A single character that is eighteen after NFKC.
  ["NewPassword", "\ufdfa", "\ufb01"],
  ["Name", "Ann\u00a0B", "Ann\u202eB"],
  ["Reason", "a\u2029b", "a\u00adb"],
];

const limits = [...plainLimits, ...furtherLimits];

test.each(limits)("the service and openapi.yaml agree where %s ends (%#)", (name, ...given) => {
  const schema = names[name];
  if (!schema) throw new Error(`There is no ${name}.`);
  const documented = documentAccepts(name);
  expect(given.map((value) => z.safeParse(schema, value).success)).toEqual([true, false]);
  expect(given.map((value) => documented(value))).toEqual([true, false]);
});

test.each(limits)(
  "a validator without extensions refuses nothing good of %s (%#)",
  (name, within) => {
    expect(documentAcceptsPlainly(name)(within)).toBe(true);
  },
);

test.each(plainLimits)(
  "a validator without extensions knows where %s ends (%#)",
  (name, _, beyond) => {
    expect(documentAcceptsPlainly(name)(beyond)).toBe(false);
  },
);

test("each text that a client sends has its limits in the list above", () => {
  const listed = new Set(limits.map(([name]) => name));
  const texts = Object.entries(names)
    .filter(([, schema]) => contracts.some(({ body }) => isWithin(schema, body)))
    .filter(([, schema]) => z.safeParse(schema, "").error?.issues[0]?.code !== "invalid_type");
  expect(texts.map(([name]) => name).filter((name) => !listed.has(name))).toEqual([]);
  expect(texts.length).toBe(listed.size);
});

describe.each(contracts.filter(({ body }) => body))("what $operation takes", (contract) => {
  const documented = documentAccepts(requestNameOf(contract));
  const parsed = (value: unknown) => contract.body?.safeParse(value).success;
  const example = z.record(z.string(), z.unknown()).parse(contract.examples.body);
  const texts = Object.entries(example).filter(([, value]) => typeof value === "string");

  test("is what openapi.yaml says, whatever is done to a text of it", () => {
    if (texts.length === 0) return;
    const field = fc.constantFrom(...texts);
    fc.assert(
      fc.property(field, edits, ([name, text], made) => {
        const body = { ...example, [name]: made.reduce(apply, String(text)) };
        expect([body, documented(body)]).toEqual([body, parsed(body)]);
      }),
      { numRuns: 2000 },
    );
  });

  test("is what openapi.yaml says where a field is missing, unknown or of another type", () => {
    const fields = [...Object.keys(fieldsOf(contract)), "unknown"];
    const bodies = fields.flatMap((name) => [
      Object.fromEntries(Object.entries(example).filter(([one]) => one !== name)),
      ...[null, 1, true, false, [], {}, "", undefined].map((value) => ({
        ...example,
        [name]: value,
      })),
    ]);
    for (const body of [...bodies, null, [], "text", 1]) {
      expect([body, documented(asSent(body))]).toEqual([body, parsed(asSent(body))]);
    }
  });
});

test("a limit that the document has no words for stops the program that writes it", () => {
  const refined = z.string().check(z.refine((text) => text !== "admin"));
  const lowered = z.string().check(z.toLowerCase());
  const trimmedTwo = z.string().check(z.trim(), z.minLength(2));
  for (const schema of [refined, lowered, trimmedTwo]) {
    expect(() => textLimits(schema)).toThrow();
  }
});

type Edit = { readonly at: number; readonly cut: number; readonly put: string };

/** Characters that are near to what a pattern lets through, or that are counted in more than one way. */
const characters = fc.constantFrom(
  ...Array.from(
    " \t\n\r\v\u00a0\u2028\ufeff\u0000\u007f\u0085\u00ad\u200b\u202e\ue000-_.@/:+()'%#0179azAKZiloué😀ﷺﬁ\u0301\u0663",
  ),
  "\ud800",
);

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 3 }),
    put: fc.oneof(
      fc.string({ unit: characters, maxLength: 3 }),
      fc
        .tuple(characters, fc.constantFrom(20, 38, 60, 198, 512, 1010))
        .map(([one, n]) => one.repeat(n)),
    ),
  }),
  { minLength: 0, maxLength: 4 },
);

const apply = (text: string, { at, cut, put }: Edit): string => {
  const start = Math.round(at * text.length);
  return text.slice(0, start) + put + text.slice(start + cut);
};

/** JSON has no `undefined`. */
const asSent = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

const fieldsOf = ({ body }: Contract): Readonly<Record<string, z.core.$ZodType>> =>
  (body as z.ZodMiniObject | undefined)?.shape ?? {};

const isWithin = (schema: z.core.$ZodType, body: z.core.$ZodType | undefined): boolean =>
  Object.values((body as z.ZodMiniObject | undefined)?.shape ?? {}).some(
    (field) => field === schema || (field as z.ZodMiniOptional).def.innerType === schema,
  );
