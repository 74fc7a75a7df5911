import { phoneViewOf } from "./phone-state.ts";
import { viewOf, type State } from "./state.ts";

/**
 * Names what the screen shows. When the name changes, the screen shows something else, and the focus goes there. A
 * fallback that moves on by itself keeps its name, so that the person does not lose the field in which they type.
 */
export function screenOf(state: State): string {
  const view = viewOf(state);
  switch (view.kind) {
    case "ended":
      return view.ending;
    case "finishing":
    case "no_method":
    case "another_session":
      return view.kind;
    case "method": {
      const { phone } = state.challenge.methods;
      if (view.method !== "phone" || !phone) return view.method;
      return `phone ${phoneViewOf(phone, state, undefined).kind}`;
    }
  }
}

/**
 * Moves the focus to the safe one of two buttons; else to the screen's code field; else to its heading, which says
 * where the person is.
 */
export function focusScreen(root: ParentNode): void {
  const target =
    root.querySelector<HTMLElement>("[data-safe]") ??
    root.querySelector<HTMLElement>('input[name="code"]') ??
    root.querySelector<HTMLElement>("h2");
  target?.focus();
}

/** Moves the focus back to the refused code and selects it, so that the next code replaces it. */
export function focusCode(root: ParentNode): void {
  const input = root.querySelector<HTMLInputElement>('input[name="code"]');
  input?.focus();
  input?.select();
}
