import type { Definition } from "../../../local/aws/states-language/definition.ts";
import { runExecution } from "../../../local/aws/step-functions/run-execution.ts";
import {
  createTaskTokens,
  type TaskAnswer,
} from "../../../local/aws/step-functions/task-tokens.ts";
import { taskTokenCharacters } from "../assumptions.ts";
import type { ManualClock } from "./manual-clock.ts";

type Tasks = Readonly<
  Partial<Record<string, (payload: unknown) => Promise<{ readonly result: unknown }>>>
>;

/**
 * Runs the deployed definition in the local stack's interpreter, on a manual clock. It counts what Step Functions
 * charges: each entered state, each retry, and, to be safe, the start.
 */
export const meteredFallback = (definition: Definition, clock: ManualClock, tasks: () => Tasks) => {
  const tokens = createTaskTokens();
  const underWay = new Set<Promise<unknown>>();
  let transitions = 0;

  const invoke = async (name: string, event: unknown) => {
    const task = tasks()[name];
    if (!task) throw new Error(`The fallback has no task for ${name}.`);
    const { taskToken, ...others } = event as { readonly taskToken?: string };
    const token = taskToken?.padEnd(taskTokenCharacters, ".");
    const { result } = await task({ ...others, ...(token && { taskToken: token }) });
    return { kind: "returned", value: result } as const;
  };
  const following = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  };

  return {
    start: (name: string, input: string): void => {
      const arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:Fallback";
      const startedAt = clock.now();
      transitions += 1;
      runExecution({
        machine: { name: "Fallback", arn, definition },
        execution: { arn: `${arn}:${name}`, name, input, startedAt },
        tokens,
        now: clock.now,
        timers: clock,
        invoke: (functionName, event) => following(invoke(functionName, event)),
        record(events) {
          const of = (types: readonly string[]) =>
            events.filter(({ type }) => types.includes(type)).length;
          // The interpreter schedules a task once when it enters the task, and once more for each retry.
          transitions += of([
            "ChoiceStateEntered",
            "WaitStateEntered",
            "SucceedStateEntered",
            "TaskScheduled",
          ]);
        },
      });
    },
    answer: (token: string, answer: TaskAnswer): "taken" | undefined => {
      return tokens.answer(token.replace(/\.+$/, ""), answer) === "taken" ? "taken" : undefined;
    },
    /** Resolves when no task runs. */
    async settled(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    takeTransitions(): number {
      const taken = transitions;
      transitions = 0;
      return taken;
    },
  };
};
