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
      /** The next call or SMS, and how long the person must wait for it. */
      readonly next: Next;
    }
  | {
      readonly kind: "sent";
      readonly sent: Sent;
      readonly masked: string;
      readonly next: Next | undefined;
      readonly hasOthers: boolean;
    }
  /** The person can ask for neither a call nor an SMS, and the service has sent none. */
  | { readonly kind: "nothing" };

export type Next = { readonly via: Sent["via"]; readonly inSeconds: number };

/** @param now the service's time; undefined while the page does not know it: then the page makes nobody wait. */
export function phoneViewOf(
  { numbers, sent }: Phone,
  { numberId, pickingNumber }: Pick<State, "numberId" | "pickingNumber">,
  now: number | undefined,
): PhoneView {
  const next = nextOf(sent, now);
  const picked = numbers.find(({ id }) => id === (numberId ?? sent?.numberId)) ?? numbers[0];
  if (sent && !(pickingNumber && next)) {
    // Non-breaking spaces keep the number on one line.
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

/** Accepts four digits too: a call may arrive late, while the page already shows the SMS. */
export const isPhoneCode =
  (digits: number) =>
  (code: string): boolean =>
    code.length === digits || code.length === 4;
