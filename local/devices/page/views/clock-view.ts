import { html } from "lit";
import type { TemplateResult } from "lit";
import type { Actions } from "../actions/actions.ts";
import { dayOf, duration, hourToSecond } from "./times.ts";

const JUMPS: readonly (readonly [string, number])[] = [
  ["+30 s", 30],
  ["+1 min", 60],
  ["+10 min", 600],
];

/** The stack's clock, with buttons that push it forward. Times are in milliseconds. */
export function clockView(stackTime: number, aheadMs: number, act: Actions): TemplateResult {
  // A smaller difference is only the time that an answer took to come.
  const ahead = Math.abs(aheadMs) < 2000 ? 0 : aheadMs / 1000;
  return html`<section class="clock" aria-labelledby="clock-title">
    <h2 id="clock-title" class="visually-hidden">The stack’s clock</h2>
    <p class="clock-time">${hourToSecond(stackTime)}</p>
    <p class="clock-day">
      ${dayOf(stackTime)} · ${ahead === 0 ? "the real time" : `${duration(ahead)} ahead`}
    </p>
    <div class="jumps">
      ${JUMPS.map(
        ([label, seconds]) =>
          html`<button type="button" class="pill" @click=${() => act.advance(seconds)}>
            ${label}
          </button>`,
      )}
    </div>
  </section>`;
}
