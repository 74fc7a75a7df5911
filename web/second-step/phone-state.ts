import type { Challenge, Sent } from "../client.ts";
import { secondsUntil } from "../client/server-clock.ts";
import type { State } from "./state.ts";

type Phone = NonNullable<Challenge["methods"]["phone"]>;

/** What the phone method shows. */
export type PhoneView =
  | {
      readonly kind: "pick";
      readonly numbers: Phone["numbers"];
      readonly picked: string;
      /** What picking leads to, and when it may. */
      readonly next: Next;
    }
  | {
      readonly kind: "sent";
      readonly sent: Sent;
      readonly masked: string;
      readonly next: Next | undefined;
      readonly hasOthers: boolean;
    }
  /** Neither a call nor an SMS can be asked for, and none has been. */
  | { readonly kind: "nothing" };

export type Next = { readonly via: Sent["via"]; readonly inSeconds: number };

/** @param now the service's time; undefined while it is not known: then nothing is made to wait. */
export function phoneViewOf(
  { numbers, sent }: Phone,
  { numberId, pickingNumber }: Pick<State, "numberId" | "pickingNumber">,
  now: number | undefined,
): PhoneView {
  const next = nextOf(sent, now);
  const picked = numbers.find(({ id }) => id === (numberId ?? sent?.numberId)) ?? numbers[0];
  if (sent && !(pickingNumber && next)) {
    // A number is not torn apart at the end of a line.
    const masked = numbers.find(({ id }) => id === sent.numberId)?.masked.replaceAll(" ", "\u00a0");
    return { kind: "sent", sent, masked: masked ?? "", next, hasOthers: numbers.length > 1 };
  }
  return picked && next ? { kind: "pick", numbers, picked: picked.id, next } : { kind: "nothing" };
}

const nextOf = (sent: Phone["sent"], now: number | undefined): Next | undefined => {
  if (!sent) return { via: "call", inSeconds: 0 };
  const { next } = sent;
  return next ? { via: next.via, inSeconds: secondsUntil(next.availableAt, now) } : undefined;
};

/** A code may be that of a call which came late, while the page already speaks of the SMS. */
export const isPhoneCode =
  (digits: number) =>
  (code: string): boolean =>
    code.length === digits || code.length === 4;
