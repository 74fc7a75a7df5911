import { html } from "lit";
import type { TemplateResult } from "lit";
import type { ShownCall } from "../../world/world.ts";
import type { Actions } from "../actions/actions.ts";
import { writeNumber } from "../state/phone.ts";
import type { Phone } from "../state/phone.ts";
import { icons } from "./icons.ts";
import { hourAndMinute } from "./times.ts";

/** The list of recent calls, newest first. */
export function callsView(phone: Phone, calls: readonly ShownCall[], act: Actions): TemplateResult {
  return html`
    <h3 class="app-title">Recent calls</h3>
    ${
      calls.length === 0
        ? html`<p class="empty">
            Nobody has called ${writeNumber(phone.number)} yet. Calls ring over whatever app is open.
          </p>`
        : html`<ul class="feed list" tabindex="0" aria-label="Recent calls of ${phone.owner}’s phone">
            ${calls.toReversed().map((call) => line(call, phone, act))}
          </ul>`
    }
  `;
}

function line({ from, at }: ShownCall, phone: Phone, act: Actions): TemplateResult {
  const code = from.slice(-4);
  return html`<li class="call">
    <span class="call-icon" aria-hidden="true">${icons.calls}</span>
    <span class="call-number">
      <span>${callerOf(from)}</span>
      <small>missed call · ${hourAndMinute(at)}</small>
    </span>
    <button
      type="button"
      class="round"
      aria-label="Copy the last four digits, ${code}"
      @click=${() => act.copy(phone, code)}
    >
      ${icons.copy}
    </button>
  </li>`;
}

/** A number whose last four digits, which are the code, stand out. */
function callerOf(from: string): TemplateResult {
  const head = from.slice(0, -4).replace(/^(\+7)(\d{3})(\d{3})$/, "$1 $2 $3");
  return html`<span class="head">${head} </span><b class="code">${from.slice(-4)}</b>`;
}

/** A call that rings. It covers the open app. */
export function incomingCallView(phone: Phone, call: ShownCall, act: Actions): TemplateResult {
  return html`<div class="incoming" role="alert">
    <p class="incoming-title">Incoming call</p>
    <p class="incoming-number">${callerOf(call.from)}</p>
    <span class="ringing" aria-hidden="true">${icons.calls}</span>
    <p class="incoming-hint">The last four digits are the code.<br />No need to answer.</p>
    <div class="incoming-buttons">
      <button type="button" class="pill" @click=${() => act.copy(phone, call.from.slice(-4))}>
        Copy ${call.from.slice(-4)}
      </button>
      <button type="button" class="pill decline" @click=${() => act.silence(phone, call.id)}>
        Decline
      </button>
    </div>
  </div>`;
}
