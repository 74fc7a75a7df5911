import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLimits, type Limits } from "../../lib/settings/limits.ts";
import { command } from "./challenge-commands.ts";
import { runCommands } from "./run-commands.ts";

/** The same rules with smaller numbers, so that short stories come to their ends. */
const tight: Limits = {
  ...defaultLimits,
  challenge: { ...defaultLimits.challenge, perHour: 7, reauthenticationsPerHour: 5 },
  guesses: { ...defaultLimits.guesses, codesOff: 6 },
};

const stories = fc.array(command, { minLength: 20, maxLength: 80, size: "max" });

const reached = new Set<string>();

test.each([
  ["with the default numbers", defaultLimits],
  ["with small numbers", tight],
])("whatever happens to an account, its second step does what is required (%s)", (_, limits) => {
  fc.assert(
    fc.property(stories, (commands) => {
      for (const kind of runCommands(commands, limits)) {
        reached.add(kind);
      }
    }),
    { numRuns: 300 },
  );
});

test("the stories above come by every outcome, or they would prove little", () => {
  expect([...reached].sort()).toEqual([
    "closed",
    "code_already_used",
    "completed",
    "method_unavailable",
    "no_challenge",
    "paused",
    "too_many_challenges",
    "wrong_code",
  ]);
});
