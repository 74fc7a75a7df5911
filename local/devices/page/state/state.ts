import type { World } from "../../world/world.ts";
import type { MachineRoom } from "./machine-room.ts";
import type { Phone } from "./phone.ts";

export type App = "telegram" | "calls" | "sms" | "codes" | "settings";
/** The apps in which something arrives. */
export type Inbox = "telegram" | "calls" | "sms";

/** What a phone shows. It is lost when the page closes. */
export type Screen = {
  readonly app: App;
  /** Times of the stack's clock. Items that came later are unseen. */
  readonly seenUntil: Readonly<Record<Inbox, string>>;
  /** A short message over the app. */
  readonly toast: string | null;
  /** The call that the user silenced while it rings. */
  readonly silencedCall: string | null;
  /** The tapped button for which the bot has not answered yet. */
  readonly tapping: { readonly messageId: number; readonly button: string } | null;
};

export type State = {
  readonly connection: "connecting" | "here" | "lost";
  readonly world: World | undefined;
  /** The stack's clock minus this browser's. */
  readonly aheadMs: number;
  readonly phones: readonly Phone[];
  readonly screens: Readonly<Record<string, Screen>>;
  /** The phone that was removed last. The user can put it back. */
  readonly removed: Phone | null;
  /** A sentence that says what the stack did not do. */
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

/** What a phone shows. When the page shows a phone for the first time, nothing on it is new. */
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

/** Takes in what the stack says. Items that arrived in an open app count as seen. */
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

/** Marks everything in an app as seen. */
export function lookInto(state: State, phone: Pick<Phone, "id">, app: App): State {
  const { seenUntil } = screenOf(state, phone);
  const now = state.world?.now;
  return withScreen(state, phone, {
    seenUntil: now !== undefined && app in seenUntil ? { ...seenUntil, [app]: now } : seenUntil,
  });
}
