import fc from "fast-check";

/** What can happen to an account. Numbers choose among what there is by then. */
type Commands = {
  open: { readonly again: boolean };
  totp: {
    readonly challenge: number;
    readonly app: number;
    /** Steps from now, or a code that no app shows, or the one that was typed last. */
    readonly code: number | "wrong" | "last";
    readonly times: number;
  };
  recovery: {
    readonly challenge: number;
    readonly code: number | "wrong";
    readonly times: number;
  };
  cancel: { readonly challenge: number };
  remove: { readonly app: number };
  enable: object;
  "replace codes": object;
  "end sessions": object;
  reset: object;
  wait: { readonly seconds: number };
  /** To the first millisecond after it, or the last before it. */
  "wait for": { readonly what: "pause" | "expiry" | "hour" | "day"; readonly early: boolean };
};

export type CommandOf<Kind extends keyof Commands> = Commands[Kind];
export type Command = {
  [Kind in keyof Commands]: { readonly kind: Kind } & Commands[Kind];
}[keyof Commands];

// The newest is meant most often, and older ones often enough.
const challenge = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 6 }));
const app = fc.nat({ max: 3 });

const times = fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 6 }));

const totp = fc.record({
  kind: fc.constant("totp" as const),
  challenge,
  app,
  code: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -1, max: 1 }) },
    { weight: 2, arbitrary: fc.integer({ min: -12, max: 12 }) },
    { weight: 7, arbitrary: fc.constant("wrong" as const) },
    { weight: 2, arbitrary: fc.constant("last" as const) },
  ),
  times,
});

const plainly = <Kind extends string>(kind: Kind) => fc.constant({ kind });

/** What happens to an account, in any order. What ends everything is rare, or no story would come far. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("open" as const), again: fc.boolean() }) },
  { weight: 20, arbitrary: totp },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("recovery" as const),
      challenge,
      code: fc.oneof(fc.nat({ max: 8 }), fc.constant("wrong" as const)),
      times,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel" as const), challenge }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), app }) },
  { weight: 2, arbitrary: plainly("enable") },
  { weight: 1, arbitrary: plainly("replace codes") },
  { weight: 1, arbitrary: plainly("end sessions") },
  { weight: 1, arbitrary: plainly("reset") },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      seconds: fc.oneof(
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(30, 120, 300, 599, 600, 3600, 20_000, 86_400),
      ),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant("wait for" as const),
      what: fc.constantFrom("pause", "pause", "pause", "expiry", "hour", "day"),
      early: fc.boolean(),
    }),
  },
);
