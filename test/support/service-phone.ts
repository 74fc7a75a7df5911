import { dispatchCall } from "../../functions/dispatch-call/dispatch-call.ts";
import { dynamoAccountIndex } from "../../lib/runtime/dynamo-account-index.ts";
import type { Table } from "../../lib/runtime/dynamo-table.ts";
import type { KeyRing } from "../../lib/crypto/key-ring.ts";
import type { CallOrder, CallResult, Carrier } from "../../lib/phone/carriers/carrier.ts";
import type { TestServices } from "./services.ts";
import type { FallbackMove } from "./service.ts";

export type TestPhone = {
  /** Every order that the carrier got. */
  readonly orders: CallOrder[];
  /** The results that the carrier gives for the next orders. When none is left, it places every call. */
  readonly results: CallResult[];
  /** Runs the task of the execution that the service started last. Returns the code of the placed call, or "". */
  readonly runTask: () => Promise<string>;
};

/** The task `DispatchCall` with a fake carrier that keeps its orders. */
export const phoneOf = (
  services: TestServices,
  table: Table,
  moves: readonly FallbackMove[],
  codeKeys: () => () => Promise<KeyRing>,
): TestPhone => {
  const orders: CallOrder[] = [];
  const results: CallResult[] = [];
  const carrier: Carrier = {
    name: "ucaller",
    kind: "we_choose",
    place(order) {
      orders.push(order);
      return Promise.resolve(results.shift() ?? { kind: "placed", reference: `${orders.length}` });
    },
    status: ({ sendId, reference }) => {
      const isKnown = reference !== null || orders.some((order) => order.sendId === sendId);
      return Promise.resolve(isKnown ? "delivered" : "unknown");
    },
  };
  const task = dispatchCall({
    services,
    carriers: () => Promise.resolve({ ucaller: carrier }),
    choice: { others: ["ucaller"], countries: {} },
    codeKeys: () => codeKeys()(),
    // Tests here count requests. Budgets have tests of their own.
    budgets: { add: () => Promise.resolve({ count: 0, freeAt: () => 0 }) },
    stops: { isStopped: () => Promise.resolve(false) },
    index: dynamoAccountIndex(table),
  });
  let tasks = 0;
  return {
    orders,
    results,
    async runTask() {
      const started = moves.findLast(([kind]) => kind === "start");
      if (started?.[0] !== "start") return "";
      const [, accountId, ownerId] = started;
      tasks += 1;
      const before = orders.length;
      await task({ task: "send", execution: `execution-${tasks}`, accountId, ownerId });
      return orders.length > before ? (orders.at(-1)?.code ?? "") : "";
    },
  };
};
