import { render } from "lit";
import { tokens } from "../../../web/style/tokens.ts";
import { createActions } from "./actions/actions.ts";
import { followWorld } from "./actions/follow-world.ts";
import { createOwnerSync, firstPhones } from "./actions/owners.ts";
import { listenForPaste } from "./actions/paste.ts";
import { scrollToEnd } from "./scroll-to-end.ts";
import { KEPT_PHONES, readKeptPhones, sharePhones } from "./state/kept-phones.ts";
import { lookInside } from "./state/machine-room.ts";
import type { Randomness } from "./state/phone.ts";
import { initialState, withWorld } from "./state/state.ts";
import { createStore } from "./state/store.ts";
import { pageView } from "./views/page-view.ts";

const TICK_MS = 500;
const INSIDE_MS = 1000;

const randomness: Randomness = {
  id: () => crypto.randomUUID().slice(0, 8),
  below: (limit) => Math.floor(Math.random() * limit),
};

function start(root: HTMLElement): void {
  wearTokens();
  const isWide = matchMedia("(min-width: 1100px)").matches;
  const first = readKeptPhones(localStorage);
  const shared = sharePhones(localStorage, first);
  const share = (): void =>
    store.update((state) => {
      const phones = shared.keep(state.phones);
      return phones === state.phones ? state : { ...state, phones };
    });
  const store = createStore(initialState(first), (now, before) => {
    if (now.phones !== before.phones) {
      share();
      void owners.sync();
    }
    draw();
  });
  const act = createActions(store, randomness);
  const owners = createOwnerSync(store);
  const draw = (): void => {
    const props = { state: store.get(), act, browserTime: Date.now(), isWide };
    render(pageView(props), root);
    scrollToEnd(root);
  };

  listenForPaste(store, act);
  // Another page has kept its phones.
  addEventListener("storage", ({ key }) => {
    if (key === KEPT_PHONES) share();
  });
  draw();
  setInterval(draw, TICK_MS);
  void followWorld({
    onWorld: (world) => {
      store.update((state) => {
        const isFirst = state.world === undefined && state.phones.length === 0;
        const phones = isFirst ? firstPhones(world, randomness) : state.phones;
        return withWorld({ ...state, phones }, world, Date.now());
      });
      void owners.sync();
    },
    onLost: () => {
      owners.forget();
      store.update((state) => ({ ...state, connection: "lost" }));
    },
  });
  setInterval(() => {
    const { machineRoom } = store.get();
    if (!machineRoom || document.hidden) return;
    void lookInside(machineRoom).then(
      (seen) =>
        store.update((state) => (state.machineRoom ? { ...state, machineRoom: seen } : state)),
      // `followWorld` has already noticed that the stack is gone.
      () => undefined,
    );
  }, INSIDE_MS);
}

/** Puts the elements' colours on this page, which is not an element. */
function wearTokens(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replaceAll(":host", ":root"));
  document.adoptedStyleSheets = [sheet];
}

const root = document.getElementById("devices");
if (root) start(root);
