import type { ShownCall, ShownPerson, ShownSms, World } from "../../world/world.ts";
import type { Phone } from "./phone.ts";
import type { Inbox, Screen } from "./state.ts";

/** What the stack has for a phone. */
export type Contents = {
  /** Undefined if the stack does not play Telegram, or if the owner does not exist yet. */
  readonly person: ShownPerson | undefined;
  readonly calls: readonly ShownCall[];
  readonly sms: readonly ShownSms[];
};

export function contentsOf(world: World | undefined, { userId, number }: Phone): Contents {
  const people = world?.telegram.kind === "fake" ? world.telegram.people : [];
  const line = world?.phones.numbers.find((each) => each.number === number);
  return {
    person: people.find((person) => person.userId === userId),
    calls: line?.calls ?? [],
    sms: line?.sms ?? [],
  };
}

/** The call that rings now, unless the user silenced it. */
export function ringingCall(
  { calls }: Contents,
  { silencedCall }: Screen,
  stackTime: number,
): ShownCall | undefined {
  const last = calls.at(-1);
  return last && Date.parse(last.ringsUntil) > stackTime && last.id !== silencedCall
    ? last
    : undefined;
}

/** The number of unseen items in each app. */
export function unseenOf({ person, calls, sms }: Contents, screen: Screen): Record<Inbox, number> {
  const later = (inbox: Inbox, items: readonly { at: string }[]): number =>
    items.filter(({ at }) => at > screen.seenUntil[inbox]).length;
  return {
    telegram: later("telegram", person?.messages.filter(({ from }) => from === "bot") ?? []),
    calls: later("calls", calls),
    sms: later("sms", sms),
  };
}

/** The numbers that got a call or an SMS, but belong to no phone of this page. */
export function strayNumbers(world: World | undefined, phones: readonly Phone[]): string[] {
  const numbers = world?.phones.numbers.map(({ number }) => number) ?? [];
  return numbers.filter((number) => !phones.some((phone) => phone.number === number));
}
