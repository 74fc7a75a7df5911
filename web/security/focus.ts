import { areaOf } from "./flow.ts";
import { isOfField } from "./problem-text.ts";
import { stepOf, type State } from "./state.ts";

/** The tick that is missing before the recovery codes may go. */
export const focusSaved = (root: ParentNode): void =>
  root.querySelector<HTMLElement>("#codes-saved")?.focus();

/**
 * Moves the focus where the next thing is to be done: into a new step, to the field that was refused, and after a flow
 * back to the button that opened it, or to its card's heading where that button is gone.
 */
export function moveFocus(root: ParentNode, before: State, state: State): void {
  const find = (selector: string) => root.querySelector<HTMLElement>(selector);
  const step = stepOf(state);
  if (step !== stepOf(before)) {
    if (step) find(".panel > :not([hidden]) [data-focus]")?.focus();
    else if (before.flow) {
      const opener = find(`[id="${CSS.escape(before.opener ?? "")}"]`);
      (opener ?? find(`#title-${areaOf(before.flow)}`))?.focus();
    }
  } else if (state.problem && state.problem !== before.problem && isOfField(state.problem)) {
    find('.panel > :not([hidden]) [aria-invalid="true"]')?.focus();
  } else if (state.news?.area === "sessions" && state.news !== before.news) {
    find("#title-sessions")?.focus();
  }
}
