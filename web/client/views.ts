import type { Outcome } from "./outcome.ts";

type Answered<O> = Extract<O, { kind: "done" }> extends { value: infer Value } ? Value : never;

export type Challenge = Answered<Outcome<"readChallenge">>;
export type Completed = Answered<Outcome<"completeChallenge">>;
export type SecurityView = Answered<Outcome<"readSecurity">>;
export type Enrolment = Answered<Outcome<"addPhone">>;
/** The last call or SMS of a fallback, and what comes next. */
export type Sent = NonNullable<Enrolment["sent"]>;
export type Sessions = Answered<Outcome<"listSessions">>["sessions"];
