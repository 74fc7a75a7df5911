import { phoneViewOf } from "./phone-state.ts";
import { viewOf, type State } from "./state.ts";

/**
 * Names what is on the screen: when it changes, something else is, and focus goes there. A fallback that moves on by itself
 * keeps its name, so that nobody is torn from the field they type in.
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
 * The safe one of two buttons, the field of a screen that has one to type in, else its heading, which says where the
 * person is.
 */
export function focusScreen(root: ParentNode): void {
  const target =
    root.querySelector<HTMLElement>("[data-safe]") ??
    root.querySelector<HTMLElement>('input[name="code"]') ??
    root.querySelector<HTMLElement>("h2");
  target?.focus();
}

/** Back to the code that did not fit, marked, so that the next one replaces it. */
export function focusCode(root: ParentNode): void {
  const input = root.querySelector<HTMLInputElement>('input[name="code"]');
  input?.focus();
  input?.select();
}
