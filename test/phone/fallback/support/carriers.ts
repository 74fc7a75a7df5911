import type {
  CallOrder,
  CallResult,
  CallStatus,
  Carrier,
} from "../../../../lib/phone/carriers/carrier.ts";
import type { SmsOrder, SmsResult, SmsSender } from "../../../../lib/phone/sms/sms.ts";

/** A carrier that does as the test says: `results` and `statuses` one after the other, then it works. */
export const aCarrier = (
  kind: Carrier["kind"] = "we_choose",
  name = "acme",
): Carrier & {
  readonly orders: CallOrder[];
  readonly results: CallResult[];
  readonly statuses: CallStatus[];
  /** Answers of `check`; without one a code is right that the call came from. */
  readonly checks: ("right" | "wrong" | "expired" | "unknown")[];
  readonly checked: string[];
  /** The digits that a call from this carrier comes from. */
  readonly codeOf: (order: CallOrder) => string;
} => {
  const orders: CallOrder[] = [];
  const results: CallResult[] = [];
  const statuses: CallStatus[] = [];
  const checks: ("right" | "wrong" | "expired" | "unknown")[] = [];
  const checked: string[] = [];
  /** Of its own choice, and never the ones that we would have chosen. */
  const ownCode = (order: CallOrder) => String(9999 - Number(order.code)).padStart(4, "0");
  const codeOf = (order: CallOrder) => (kind === "we_choose" ? order.code : ownCode(order));
  const referenceOf = ({ sendId }: CallOrder) => `${name} ${sendId}`;
  return {
    name,
    kind,
    orders,
    results,
    statuses,
    checks,
    checked,
    codeOf,
    async place(order) {
      await Promise.resolve();
      orders.push(order);
      const result = results.shift();
      if (result) return result;
      const reference = referenceOf(order);
      return kind === "carrier_tells"
        ? { kind: "placed", reference, code: ownCode(order) }
        : { kind: "placed", reference };
    },
    async status() {
      await Promise.resolve();
      return statuses.shift() ?? "unknown";
    },
    ...(kind === "carrier_checks" && {
      async check({ reference }: { readonly reference: string }, code: string) {
        await Promise.resolve();
        checked.push(code);
        const order = orders.find((one) => referenceOf(one) === reference);
        return checks.shift() ?? (order && ownCode(order) === code ? "right" : "wrong");
      },
    }),
  };
};

/** Who sends SMS, likewise. */
export const anSmsSender = (): SmsSender & {
  readonly orders: SmsOrder[];
  readonly results: SmsResult[];
} => {
  const orders: SmsOrder[] = [];
  const results: SmsResult[] = [];
  return {
    orders,
    results,
    async send(order) {
      await Promise.resolve();
      orders.push(order);
      return results.shift() ?? { kind: "sent", reference: `sms ${orders.length}` };
    },
  };
};
