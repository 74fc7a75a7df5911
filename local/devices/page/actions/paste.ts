import { recognise } from "../state/recognise.ts";
import type { Store } from "../state/store.ts";
import type { Actions } from "./actions.ts";
import { offeredIn } from "./offer.ts";

/**
 * Lets people paste anywhere on the page: the phone that was touched last gets the paste. Text that is pasted into a
 * field goes into the field, unless it is a link that only a phone can use.
 */
export function listenForPaste({ get }: Store, act: Actions): void {
  let touched: string | undefined;
  const touch = (event: Event): void => {
    const phone = event.target instanceof Element && event.target.closest("[data-phone]");
    if (phone) touched = phone.getAttribute("data-phone") ?? undefined;
  };
  document.addEventListener("pointerdown", touch);
  document.addEventListener("focusin", touch);

  document.addEventListener("paste", (event) => {
    const offered = event.clipboardData && offeredIn(event.clipboardData);
    const { phones } = get();
    const phone = phones.find(({ id }) => id === touched) ?? phones[0];
    if (!offered || !phone) return;
    if (event.target instanceof HTMLInputElement && !("picture" in offered)) {
      const isLink = /^(otpauth:|tg:|https?:|t\.me)/i.test(offered.text.trim());
      if (!isLink || recognise(offered.text).kind === "nothing") return;
    }
    event.preventDefault();
    void act.offer(phone, offered);
  });
}
