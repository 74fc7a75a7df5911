import type { TelegramFault } from "../../world/world.ts";
import { emptyMachineRoom } from "../state/machine-room.ts";
import { newPhone } from "../state/phone.ts";
import type { Phone, Randomness } from "../state/phone.ts";
import { lookInto, openApp, screenOf, withPhone, withScreen } from "../state/state.ts";
import type { App, State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { controls } from "./controls.ts";
import type { PhoneFaultsWanted } from "./controls.ts";
import { offer } from "./offer.ts";
import type { Offered } from "./offer.ts";

export type Actions = ReturnType<typeof createActions>;

const TOAST_MS = 4000;

/** Everything that a user can do on the page. */
export function createActions({ get, update }: Store, randomness: Randomness) {
  /** Does something on the stack. If that fails, the page says why. */
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      update((state) => ({ ...state, trouble: null }));
      return true;
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      update((state) => ({ ...state, trouble }));
      return false;
    }
  };

  const flash = (phone: Phone, toast: string): void => {
    update((state) => withScreen(state, phone, { toast }));
    setTimeout(() => {
      update((state) =>
        screenOf(state, phone).toast === toast ? withScreen(state, phone, { toast: null }) : state,
      );
    }, TOAST_MS);
  };

  const write = (phone: Phone, text: string): Promise<boolean> =>
    attempt(async () => {
      if (phone.userId !== null) await controls.write(phone.userId, text);
    });

  const open = (phone: Phone, app: App): void => update((state) => openApp(state, phone, app));

  const change = (phone: Phone, about: Partial<Phone>): void =>
    update((state) => withPhone(state, phone.id, about));

  return {
    open,
    write,
    change,
    flash,

    addPhone: (number?: string): void =>
      update((state) => {
        const phone = newPhone(state.phones, randomness);
        return {
          ...state,
          phones: [...state.phones, { ...phone, number: number ?? phone.number }],
        };
      }),

    removePhone: (phone: Phone): void =>
      update((state) => ({
        ...state,
        phones: state.phones.filter(({ id }) => id !== phone.id),
        removed: phone,
      })),

    putBack: (): void =>
      update((state) => ({
        ...state,
        phones: state.removed ? [...state.phones, state.removed] : state.phones,
        removed: null,
      })),

    tap: async (phone: Phone, messageId: number, button: string): Promise<void> => {
      const { userId } = phone;
      if (userId === null || screenOf(get(), phone).tapping) return;
      update((state) => withScreen(state, phone, { tapping: { messageId, button } }));
      await attempt(async () => {
        const notice = await controls.tap(userId, messageId, button);
        if (notice !== undefined) flash(phone, notice);
      });
      update((state) => withScreen(state, phone, { tapping: null }));
    },

    block: (phone: Phone, blocked: boolean): Promise<boolean> =>
      attempt(async () => {
        if (phone.userId !== null) await controls.changeUser(phone.userId, { blocked });
      }),

    /** Telegram knows the owner and the language too, so they change there first. */
    rename: async (phone: Phone, about: Pick<Phone, "owner" | "language">): Promise<void> => {
      const { userId } = phone;
      const { owner, language } = about;
      const done = await attempt(async () => {
        if (userId !== null) await controls.changeUser(userId, { name: owner, language });
      });
      if (done) change(phone, about);
    },

    /** Silences a call that rings. The calls then count as seen. */
    silence: (phone: Phone, call: string): void =>
      update((state) => lookInto(withScreen(state, phone, { silencedCall: call }), phone, "calls")),

    /** Gives a link, a key or a picture to the phone, which does what it is for. */
    offer: async (phone: Phone, offered: Offered): Promise<void> => {
      const { world } = get();
      const bot = world?.telegram.kind === "fake" ? world.telegram.bot : undefined;
      const result = await offer(offered, bot);
      switch (result.kind) {
        case "start":
          open(phone, "telegram");
          await write(phone, `/start ${result.token}`.trim());
          return;
        case "account":
          change(phone, { accounts: [...phone.accounts, result.account] });
          open(phone, "codes");
          flash(phone, `Added ${result.account.issuer || result.account.name}`);
          return;
        case "useless":
          flash(phone, result.reason);
      }
    },

    copy: async (phone: Phone, text: string): Promise<void> => {
      await navigator.clipboard.writeText(text).then(
        () => flash(phone, `Copied ${text}`),
        () => flash(phone, "The browser does not let this page copy"),
      );
    },

    advance: (seconds: number) => attempt(() => controls.advance(seconds)),
    planPhones: (faults: PhoneFaultsWanted) => attempt(() => controls.planPhones(faults)),
    clearServiceFaults: () => attempt(() => controls.clearServiceFaults()),
    planTelegram: (fault: TelegramFault | null) => attempt(() => controls.planTelegram(fault)),

    /** Opens or closes the machine room. While it is open, the page looks inside the stack. */
    showMachineRoom: (isOpen: boolean): void =>
      update((state: State) => ({
        ...state,
        machineRoom: isOpen ? (state.machineRoom ?? emptyMachineRoom) : null,
      })),
  };
}
