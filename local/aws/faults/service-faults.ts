import * as z from "zod/mini";

/** The services whose requests can be made to fail. The names are those with which IAM's actions begin. */
const Service = z.enum(["dynamodb", "sqs", "states", "secretsmanager", "events", "sns"]);

export type Service = z.infer<typeof Service>;

/**
 * How a request of a function fails.
 *
 * | mode | is it done? | what the function sees |
 * | --- | --- | --- |
 * | `error` | no | the service's own internal error, a 500 |
 * | `throttle` | no | the service's own words for "too many requests" |
 * | `hang` | no | nothing, until it gives up |
 * | `lost_answer` | yes | the connection breaks in place of the answer |
 * | `slow` | yes | the answer, after `SLOW_MS` |
 */
const FaultMode = z.enum(["error", "throttle", "hang", "lost_answer", "slow"]);

export type FaultMode = z.infer<typeof FaultMode>;

/** A slow answer is late, but comes within the second for which the services' clients wait. */
export const SLOW_MS = 800;

/** A fault that somebody plans for the next `times` requests. */
export const ServiceFault = z.strictObject({
  service: Service,
  /** The service's name for the action, such as `GetItem`. Without it, the fault applies to every action. */
  action: z.optional(z.string().check(z.regex(/^[A-Za-z]{1,64}$/, "An action is of letters."))),
  mode: FaultMode,
  times: z.int().check(z.gte(1), z.lte(1000)),
});

export type ServiceFault = z.infer<typeof ServiceFault>;

/** Shared memory holds the number of requests left: the thread that serves them counts, and any thread can read. */
export type PlannedFault = Omit<ServiceFault, "times"> & { readonly left: SharedArrayBuffer };

/**
 * Takes the fault of a request that the service is serving now, and uses it up. The fault that was planned first comes
 * first. One thread serves a service, so no other thread takes a fault of that service at the same time.
 */
export function takeFault(
  planned: readonly PlannedFault[],
  service: Service,
  action: string,
): FaultMode | undefined {
  const fault = planned.find(
    (each) =>
      each.service === service &&
      (each.action === undefined || each.action === action) &&
      timesLeft(each) > 0,
  );
  if (fault) Atomics.sub(new Int32Array(fault.left), 0, 1);
  return fault?.mode;
}

const timesLeft = ({ left }: PlannedFault): number => Atomics.load(new Int32Array(left), 0);

export type ServiceFaults = {
  /** Adds a fault to the plan. */
  plan: (fault: ServiceFault) => void;
  clear: () => void;
  /** The faults that have not happened yet. */
  pending: () => ServiceFault[];
  take: (service: Service, action: string) => FaultMode | undefined;
};

/**
 * Keeps the faults of all services. It calls `onPlan` with every new plan, for other threads, and `onChange` when there
 * is another state to show.
 */
export function createServiceFaults(
  onPlan: (planned: readonly PlannedFault[]) => void,
  onChange: () => void,
): ServiceFaults {
  let planned: readonly PlannedFault[] = [];
  const become = (next: readonly PlannedFault[]): void => {
    planned = next;
    onPlan(planned);
    onChange();
  };
  return {
    plan: ({ times, ...fault }) => {
      const left = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      Atomics.store(new Int32Array(left), 0, times);
      become([...planned.filter((each) => timesLeft(each) > 0), { ...fault, left }]);
    },
    clear: () => become([]),
    pending: () =>
      planned
        .map((each) => ({
          service: each.service,
          ...(each.action === undefined ? {} : { action: each.action }),
          mode: each.mode,
          times: timesLeft(each),
        }))
        .filter(({ times }) => times > 0),
    take: (service, action) => {
      const mode = takeFault(planned, service, action);
      if (mode !== undefined) onChange();
      return mode;
    },
  };
}
