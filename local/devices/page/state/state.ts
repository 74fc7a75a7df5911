import type { World } from "../../world/world.ts";
import type { MachineRoom } from "./machine-room.ts";
import type { Phone } from "./phone.ts";

export type App = "telegram" | "calls" | "sms" | "codes" | "settings";
/** The apps in which something arrives. */
export type Inbox = "telegram" | "calls" | "sms";

/** What a phone shows; gone with the page. */
export type Screen = {
  readonly app: App;
  /** By the stack's clock: what came later has not been looked at. */
  readonly seenUntil: Readonly<Record<Inbox, string>>;
  /** What flashes over the app. */
  readonly toast: string | null;
  /** The call that rings and was waved away. */
  readonly silencedCall: string | null;
  /** The tapped button for which the bot has not answered yet. */
  readonly tapping: { readonly messageId: number; readonly button: string } | null;
};

export type State = {
  readonly connection: "connecting" | "here" | "lost";
  readonly world: World | undefined;
  /** The stack's clock less this browser's. */
  readonly aheadMs: number;
  readonly phones: readonly Phone[];
  readonly screens: Readonly<Record<string, Screen>>;
  /** The phone that was taken away last, to be put back. */
  readonly removed: Phone | null;
  /** What the stack did not do, in a sentence. */
  readonly trouble: string | null;
  readonly machineRoom: MachineRoom | null;
};

export const initialState = (phones: readonly Phone[]): State => ({
  connection: "connecting",
  world: undefined,
  aheadMs: 0,
  phones,
  screens: {},
  removed: null,
  trouble: null,
  machineRoom: null,
});

/** What a phone shows when it is first seen: nothing on it is new. */
export function screenOf({ screens, world }: State, { id }: Pick<Phone, "id">): Screen {
  const now = world?.now ?? "";
  return (
    screens[id] ?? {
      app: "telegram",
      seenUntil: { telegram: now, calls: now, sms: now },
      toast: null,
      silencedCall: null,
      tapping: null,
    }
  );
}

export function withScreen(state: State, phone: Pick<Phone, "id">, change: Partial<Screen>): State {
  const screen = { ...screenOf(state, phone), ...change };
  return { ...state, screens: { ...state.screens, [phone.id]: screen } };
}

export function withPhone(state: State, id: string, change: Partial<Phone>): State {
  return {
    ...state,
    phones: state.phones.map((phone) => (phone.id === id ? { ...phone, ...change } : phone)),
  };
}

/** Takes in what the stack says; what arrived in an app that lies open counts as looked at. */
export function withWorld(state: State, world: World, browserTime: number): State {
  const aheadMs = Date.parse(world.now) - browserTime;
  const next: State = { ...state, world, aheadMs, connection: "here" };
  return next.phones.reduce((before, phone) => {
    const { app } = screenOf(before, phone);
    return lookInto(before, phone, app);
  }, next);
}

/** Opens an app of a phone. */
export function openApp(state: State, phone: Pick<Phone, "id">, app: App): State {
  return lookInto(withScreen(state, phone, { app }), phone, app);
}

/** Notes that somebody has seen what an app holds. */
export function lookInto(state: State, phone: Pick<Phone, "id">, app: App): State {
  const { seenUntil } = screenOf(state, phone);
  const now = state.world?.now;
  return withScreen(state, phone, {
    seenUntil: now !== undefined && app in seenUntil ? { ...seenUntil, [app]: now } : seenUntil,
  });
}
