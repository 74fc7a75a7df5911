import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Actions } from "../actions/actions.ts";
import { strayNumbers } from "../state/phone-contents.ts";
import { writeNumber } from "../state/phone.ts";
import type { State } from "../state/state.ts";
import { clockView } from "./clock-view.ts";
import { faultsView } from "./faults-view.ts";
import { icons } from "./icons.ts";
import { machineRoomView } from "./machine-room-view.ts";
import { phoneView } from "./phone-view.ts";

export type PageProps = {
  state: State;
  act: Actions;
  /** Milliseconds since 1970, by this browser's clock. */
  browserTime: number;
  /** Whether there is room to show the switches from the start. */
  isWide: boolean;
};

/** The whole page. */
export function pageView({ state, act, browserTime, isWide }: PageProps): TemplateResult {
  const stackTime = browserTime + state.aheadMs;
  const { world, phones, removed } = state;
  return html`
    <header class="top">
      <div class="top-words">
        <h1>Devices</h1>
        <p>Your other hand: the phones of whoever signs in in the next window.</p>
      </div>
      ${world ? clockView(stackTime, state.aheadMs, act) : nothing}
    </header>
    <div role="alert" class="troubles">${troubles(state)}</div>
    <main class="desk">
      ${world ? faultsView(world, isWide, act) : nothing}
      <div class="phones">
        ${
          world
            ? repeat(
                phones,
                ({ id }) => id,
                (phone) => phoneView(phone, state, { act, stackTime }),
              )
            : nothing
        }
        <div class="add">
          ${world ? strays(state, act) : nothing}
          <button type="button" class="add-phone" @click=${() => act.addPhone()}>
            ${icons.plus} Add a phone
          </button>
          ${
            removed
              ? html`<button type="button" class="pill" @click=${() => act.putBack()}>
                  Put ${removed.owner}’s phone back
                </button>`
              : nothing
          }
        </div>
      </div>
      ${machineRoomView(state.machineRoom, act)}
    </main>
  `;
}

function troubles({ connection, trouble }: State): TemplateResult | typeof nothing {
  if (connection === "lost")
    return html`<p class="trouble">
      The stack does not answer. Is <code>npm start</code> running? This page goes on by itself.
    </p>`;
  return trouble === null ? nothing : html`<p class="trouble">${trouble}</p>`;
}

/** A number that somebody typed in the next window may belong to no phone. A button offers a phone for it. */
function strays({ world, phones }: State, act: Actions): TemplateResult[] {
  return strayNumbers(world, phones)
    .slice(-3)
    .map(
      (number) =>
        html`<button type="button" class="pill stray" @click=${() => act.addPhone(number)}>
          ${writeNumber(number)} was called: add its phone
        </button>`,
    );
}
