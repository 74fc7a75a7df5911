import { areaOf } from "./flow.ts";
import { isOfField } from "./problem-text.ts";
import { stepOf, type State } from "./state.ts";

/** Moves the focus to the tick that the person must set before they may leave the recovery codes. */
export const focusSaved = (root: ParentNode): void =>
  root.querySelector<HTMLElement>("#codes-saved")?.focus();

/**
 * Moves the focus to the place of the next action: into a new step, or to a refused field. After a flow it moves the
 * focus back to the button that opened the flow, or to the card's heading if that button is gone.
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
