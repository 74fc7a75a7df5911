import * as z from "zod/mini";

/** The services whose requests may be made to fail, by the names that IAM's actions begin with. */
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

/** Late, but within the second for which the service's clients wait. */
export const SLOW_MS = 800;

/** What somebody wants to go wrong with the next `times` requests. */
export const ServiceFault = z.strictObject({
  service: Service,
  /** As the service names it, `GetItem`; any, if it is not given. */
  action: z.optional(z.string().check(z.regex(/^[A-Za-z]{1,64}$/, "An action is of letters."))),
  mode: FaultMode,
  times: z.int().check(z.gte(1), z.lte(1000)),
});

export type ServiceFault = z.infer<typeof ServiceFault>;

/** How many requests are left is shared memory: the thread that serves the request counts, and any thread can read. */
export type PlannedFault = Omit<ServiceFault, "times"> & { readonly left: SharedArrayBuffer };

/**
 * What goes wrong with a request that is being served now; it is used up. What was planned first comes first.
 * A service is served by one thread, so nobody else takes of its faults in between.
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
  /** Adds to what is planned. */
  plan: (fault: ServiceFault) => void;
  clear: () => void;
  /** What has not happened yet. */
  pending: () => ServiceFault[];
  take: (service: Service, action: string) => FaultMode | undefined;
};

/**
 * The faults of all services. `onPlan` is told of every new plan, for other threads; `onChange` hears when there is
 * another state to show.
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
