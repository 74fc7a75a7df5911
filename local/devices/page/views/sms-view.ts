import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { ShownSms } from "../../world/world.ts";
import type { Actions } from "../actions/actions.ts";
import { writeNumber } from "../state/phone.ts";
import type { Phone } from "../state/phone.ts";
import { hourAndMinute } from "./times.ts";

/** SMS, oldest first, as phones show them. */
export function smsView(phone: Phone, sms: readonly ShownSms[], act: Actions): TemplateResult {
  return html`
    <h3 class="app-title">Messages</h3>
    ${
      sms.length === 0
        ? html`<p class="empty">
            No SMS for ${writeNumber(phone.number)} yet. They come when calls do not get through.
          </p>`
        : html`<ul
            class="feed list texts"
            tabindex="0"
            aria-label="SMS on ${phone.owner}’s phone"
            data-follow=${sms.at(-1)?.id ?? ""}
          >
            ${sms.map((each) => text(each, phone, act))}
          </ul>`
    }
  `;
}

function text({ from, text: words, at }: ShownSms, phone: Phone, act: Actions): TemplateResult {
  const code = /\b\d{6}\b/.exec(words)?.[0];
  return html`<li class="sms">
    <p class="sms-from">${from} <small>${hourAndMinute(at)}</small></p>
    <p class="sms-text">${words}</p>
    ${
      code === undefined
        ? nothing
        : html`<button type="button" class="pill small" @click=${() => act.copy(phone, code)}>
            Copy ${code}
          </button>`
    }
  </li>`;
}
