import type { FallbackMachine } from "../../../../lib/phone/fallback/fallback-machine.ts";

type Task = "DispatchCall" | "SendSms";
type Invoke = (payload: unknown) => Promise<void>;

type Execution = {
  readonly name: string;
  readonly ids: { readonly accountId: string; readonly ownerId: string };
  readonly endsAt: number;
  /** Null once it is over. */
  task: Task | null;
  retries: number;
  lambdaRetries: number;
  /** What its task waits by; null while it is about to begin one. */
  token: string | null;
  /** When the task begins or, where it waits, times out. */
  wakesAt: number;
};

/** The deployed definition, which `test/infra/fallback.test.ts` holds to these numbers. */
const definition = {
  DispatchCall: { seconds: 40, retries: 2, retried: ["States.Timeout", "CallNotReceived"] },
  SendSms: { seconds: 180, retries: 1, retried: ["CallNotReceived"] },
} as const satisfies Record<Task, object>;

/**
 * The state machine in memory, on a clock that moves when the test says so: timeouts, retries and catches come in the
 * order of their times.
 */
export const aClockwork = (time: { now: number }, tasks: () => Record<Task, Invoke>) => {
  const executions: Execution[] = [];
  /** What the next calls of the service meet, in order. */
  const faults: Record<keyof FallbackMachine, Error[]> = { start: [], move: [], end: [] };
  const asked: { readonly what: keyof FallbackMachine; readonly by: string }[] = [];
  let tokens = 0;

  const meet = (what: keyof FallbackMachine, by: string) => {
    asked.push({ what, by });
    const fault = faults[what].shift();
    if (fault) throw fault;
  };
  const waiting = (token: string) => executions.find((one) => one.token === token);

  const begin = (one: Execution, task: Task | null) =>
    Object.assign(one, { task, retries: 0, lambdaRetries: 0, token: null, wakesAt: time.now });
  const again = (one: Execution, seconds: number) =>
    Object.assign(one, { token: null, wakesAt: time.now + seconds * 1000 });

  const fail = (one: Execution, error: string) => {
    if (!one.task) return;
    const { retried, retries } = definition[one.task];
    if (retried.some((name) => name === error) && one.retries < retries) {
      one.retries += 1;
      again(one, 1);
    } else if (error === "Lambda.Unknown" && one.lambdaRetries < 2) {
      one.lambdaRetries += 1;
      again(one, one.lambdaRetries);
    } else begin(one, one.task === "DispatchCall" ? "SendSms" : null);
  };

  const step = async (one: Execution) => {
    if (!one.task) return;
    if (time.now >= one.endsAt) begin(one, null);
    else if (one.token !== null) fail(one, "States.Timeout");
    else {
      const taskToken = `token-${(tokens += 1)}`;
      const { seconds } = definition[one.task];
      Object.assign(one, { token: taskToken, wakesAt: time.now + seconds * 1000 });
      try {
        await tasks()[one.task]({ taskToken, ...one.ids });
      } catch {
        if (waiting(taskToken)) fail(one, "Lambda.Unknown");
      }
    }
  };

  const machine: FallbackMachine = {
    async start(accountId, ownerId, run) {
      await Promise.resolve();
      const name = `${ownerId}-${run}`;
      meet("start", name);
      if (executions.some((one) => one.name === name)) return;
      const fresh = { task: null, retries: 0, lambdaRetries: 0, token: null, wakesAt: time.now };
      const endsAt = time.now + 600_000;
      const one: Execution = { name, ids: { accountId, ownerId }, endsAt, ...fresh };
      executions.push(one);
      begin(one, "DispatchCall");
    },
    async move(token, to) {
      await Promise.resolve();
      meet("move", token);
      const one = waiting(token);
      if (!one) return "gone";
      fail(one, to === "next" ? "CallNotReceived" : "CallsOver");
      return "moved";
    },
    async end(token) {
      await Promise.resolve();
      meet("end", token);
      const one = waiting(token);
      if (one) begin(one, null);
    },
  };

  return {
    machine,
    faults,
    asked,
    running: () => executions.filter((one) => one.task !== null).length,
    started: () => executions.map((one) => one.name),
    /** Lets time pass, and what is due in it happen; 0: what is due now. */
    async run(seconds: number) {
      const until = time.now + seconds * 1000;
      for (;;) {
        const next = executions
          .filter((one) => one.task !== null && one.wakesAt <= until)
          .sort((a, b) => a.wakesAt - b.wakesAt)[0];
        if (!next) break;
        time.now = Math.max(time.now, next.wakesAt);
        await step(next);
      }
      time.now = until;
    },
  };
};
