import { Token } from "aws-cdk-lib";
import * as z from "zod";
import { carrierNames } from "../../lib/phone/carriers/carriers.ts";
import { changeLimits } from "../../lib/settings/change-limits.ts";
import { checkFallbackTime } from "../../lib/settings/fallback-time.ts";
import { defaultLimits } from "../../lib/settings/limits.ts";
import { checkLanguages } from "../../lib/settings/languages.ts";
import { textOf } from "./forms.ts";
import { functionNames } from "./functions.ts";
import { reservableConcurrency } from "./reserved-concurrency.ts";
import { tellIssues } from "./tell-issues.ts";
import type { TwostepServiceProps } from "./twostep-props.ts";

const someOf = <Item extends z.ZodType>(item: Item, said: string) =>
  z.array(item).refine((items) => items.length > 0, said);

const byName = <Value extends z.ZodType>(names: readonly string[], value: Value) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.optional(value)])));

/** What another function checks: it throws a whole sentence. */
const checkedBy = (check: (value: never) => unknown) =>
  z.unknown().superRefine((value, context) => {
    try {
      check(value as never);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", message, params: { whole: true }, input: value });
    }
  });

const carrierList = someOf(z.enum(carrierNames), "must name a carrier");

const wholeUpTo = (most: number) =>
  z
    .number()
    .refine(
      (n) => Number.isSafeInteger(n) && n >= 1 && n <= most,
      `must be a whole number from 1 to ${most}`,
    );

const Phones = z.strictObject({
  countries: z.union([
    z.literal("all"),
    someOf(
      textOf("country"),
      'must name a country, or be "all"; leave phones out to switch them off',
    ),
  ]),
  carriers: z.optional(carrierList),
  carriersByCountry: z.optional(z.record(textOf("country"), carrierList)),
  smsSenderIds: z.optional(z.record(textOf("country"), textOf("smsSenderId"))),
  apiRoots: z.optional(byName(carrierNames, textOf("apiRoot"))),
});

const syntheticSignInsPerHour = 12;
/** Limits of another form have a sentence of their own. */
const ChallengesPerHour = z
  .object({
    challenge: z
      .object({ perHour: z.number().catch(defaultLimits.challenge.perHour) })
      .catch(defaultLimits.challenge),
  })
  .catch(defaultLimits);

const Concurrency = byName(
  functionNames,
  z.number().refine((n) => Number.isSafeInteger(n) && n > 0, "must be a positive whole number"),
)
  .refine(
    // Lambda lets no queue have fewer.
    (sizes) => sizes["telegram-sender"] !== 1,
    "must give telegram-sender at least 2",
  )
  .refine(
    (sizes) =>
      Object.values(sizes).reduce<number>((sum, n) => sum + (n ?? 0), 0) <= reservableConcurrency,
    `must be ${reservableConcurrency} in all at most: AWS keeps the rest unreserved`,
  );

/** The form of every setting. The compiler asks for each prop, and for no other. */
const shape = {
  allowedOrigins: someOf(textOf("origin"), "must name an origin"),
  serviceName: z.optional(textOf("serviceName")),
  domain: z.optional(
    z.strictObject({ name: textOf("hostName"), certificateArn: textOf("certificateArn") }),
  ),
  pages: z.optional(
    z.union([
      z.literal(false),
      z.strictObject({
        directory: z.optional(z.string()),
        webAclArn: z.optional(textOf("webAclArn")),
      }),
    ]),
  ),
  signInUrl: z.optional(textOf("page")),
  telegram: z.optional(
    z.strictObject({ botUsername: textOf("botUsername"), apiRoot: z.optional(textOf("apiRoot")) }),
  ),
  phones: z.optional(Phones),
  limits: z.optional(checkedBy((limits) => checkFallbackTime(changeLimits(limits)))),
  languages: z.optional(checkedBy(checkLanguages)),
  alarmTopicArn: z.optional(z.union([z.literal("none"), textOf("topicArn")])),
  syntheticSignIn: z.optional(z.boolean()),
  reservedConcurrency: z.optional(Concurrency),
  accountsTable: z.optional(textOf("tableName")),
  architecture: z.optional(z.enum(["arm64", "x86_64"])),
  tracing: z.optional(z.boolean()),
  canary: z.optional(
    z.strictObject({
      percent: wholeUpTo(99),
      minutes: wholeUpTo(60),
      rollback: z.optional(z.boolean()),
    }),
  ),
  trial: z.optional(z.boolean()),
} satisfies Record<keyof TwostepServiceProps, z.ZodType>;

/**
 * Holds settings against their form, also those that TypeScript did not see. Throws an error that begins with `where`
 * and has a sentence for each setting that is unknown, missing or of another form, or that does not go with another.
 */
export const checkProps = (
  props: unknown,
  { where, more = {} }: { readonly where: string; readonly more?: z.ZodRawShape },
): void => {
  const parsed = z
    .strictObject({ ...shape, ...more })
    .superRefine(({ domain, pages }, context) => {
      // CloudFront reads certificates in one region, whatever the stack's own is.
      const arn = domain?.certificateArn;
      if (pages === false || arn === undefined || Token.isUnresolved(arn)) return;
      if (arn.split(":")[3] === "us-east-1") return;
      const message = "must be that of a certificate from us-east-1 where pages are deployed";
      context.addIssue({ code: "custom", path: ["domain", "certificateArn"], message, input: arn });
    })
    .superRefine(({ alarmTopicArn, trial }, context) => {
      if (trial === true || alarmTopicArn !== undefined) return;
      const message =
        'must be the ARN of the SNS topic that gets the alarms, or "none": nobody is told of an outage then';
      context.addIssue({ code: "custom", path: ["alarmTopicArn"], message, input: alarmTopicArn });
    })
    .superRefine(({ limits, syntheticSignIn }, context) => {
      if (syntheticSignIn === false) return;
      const perHour = ChallengesPerHour.parse(limits).challenge.perHour;
      if (perHour > syntheticSignInsPerHour) return;
      const message = `must be over ${syntheticSignInsPerHour}, as often as the synthetic sign-in comes; or syntheticSignIn false`;
      context.addIssue({
        code: "custom",
        path: ["limits", "challenge", "perHour"],
        message,
        input: perHour,
      });
    })
    .safeParse(props, { reportInput: true });
  if (!parsed.success) throw new Error(`${where}: ${tellIssues(parsed.error.issues)}`);
};
