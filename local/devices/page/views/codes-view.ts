import { html, nothing, svg } from "lit";
import type { SVGTemplateResult, TemplateResult } from "lit";
import type { Actions } from "../actions/actions.ts";
import type { Account } from "../authenticator/account.ts";
import { codesAt } from "../authenticator/codes.ts";
import type { Phone } from "../state/phone.ts";
import { icons } from "./icons.ts";
import { submitted } from "./submitted.ts";

/** The authenticator app. `phoneTime` is the time by this phone's clock, in milliseconds since 1970. */
export function codesView(phone: Phone, phoneTime: number, act: Actions): TemplateResult {
  const { accounts } = phone;
  return html`
    <h3 class="app-title">Authenticator</h3>
    <div class="feed" tabindex="0" aria-label="Codes on ${phone.owner}’s phone">
      ${
        accounts.length === 0
          ? html`<p class="empty">
              Paste or drop the QR code that the page shows, or type the key under it.
            </p>`
          : html`<ul class="list">
              ${accounts.map((account, index) => card(account, index, { phone, phoneTime, act }))}
            </ul>`
      }
      ${adding(phone, act)}
    </div>
  `;
}

type Around = { phone: Phone; phoneTime: number; act: Actions };

function card(account: Account, index: number, { phone, phoneTime, act }: Around): TemplateResult {
  const { current, next, secondsLeft } = codesAt(account, phoneTime);
  const remove = (): void =>
    act.change(phone, { accounts: phone.accounts.filter((_, other) => other !== index) });
  return html`<li class="account">
    <p class="account-name">
      <b>${account.issuer || account.name}</b>
      ${account.issuer === "" ? nothing : html`<span>${account.name}</span>`}
    </p>
    <button
      type="button"
      class="otp ${secondsLeft <= 5 ? "leaving" : ""}"
      @click=${() => act.copy(phone, current)}
    >
      <span class="visually-hidden">Copy the code </span>${grouped(current)}
    </button>
    ${ring(secondsLeft, account.periodSeconds)}
    <p class="next">next <span>${grouped(next)}</span></p>
    <button
      type="button"
      class="round quiet"
      aria-label="Remove ${account.issuer} ${account.name}"
      @click=${remove}
    >
      ${icons.close}
    </button>
  </li>`;
}

const grouped = (code: string): string =>
  `${code.slice(0, Math.ceil(code.length / 2))} ${code.slice(Math.ceil(code.length / 2))}`;

function ring(secondsLeft: number, periodSeconds: number): SVGTemplateResult {
  const round = 100;
  return svg`<svg class="countdown" viewBox="0 0 36 36" aria-hidden="true">
    <circle cx="18" cy="18" r="15.9155" class="track" />
    <circle cx="18" cy="18" r="15.9155" class="rest" pathLength=${round}
      stroke-dasharray=${`${(secondsLeft / periodSeconds) * round} ${round}`} transform="rotate(-90 18 18)" />
    <text x="18" y="22" text-anchor="middle">${secondsLeft}</text>
  </svg>`;
}

function adding(phone: Phone, act: Actions): TemplateResult {
  const add = async (event: SubmitEvent): Promise<void> => {
    const { read, clear } = submitted(event);
    const text = read("key");
    if (text === "") return;
    await act.offer(phone, { text });
    clear();
  };
  const choose = async (event: Event): Promise<void> => {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement)) return;
    const [picture] = input.files ?? [];
    if (picture) await act.offer(phone, { picture });
    input.value = "";
  };
  return html`
    <form class="add-account" @submit=${add}>
      <label for="key-${phone.id}">Key or otpauth link</label>
      <div class="row">
        <input id="key-${phone.id}" name="key" autocomplete="off" spellcheck="false" />
        <button type="submit" class="pill">Add</button>
      </div>
    </form>
    <label class="pill file" for="picture-${phone.id}">
      Picture of the QR code…
      <input id="picture-${phone.id}" type="file" accept="image/*" @change=${choose} />
    </label>
    <div class="clock-off">
      <label for="off-${phone.id}">This phone’s clock is off by</label>
      <div class="row">
        <input
          id="off-${phone.id}"
          type="number"
          step="30"
          .value=${String(phone.clockOffsetSeconds)}
          @change=${(event: Event) => {
            if (event.currentTarget instanceof HTMLInputElement)
              act.change(phone, { clockOffsetSeconds: event.currentTarget.valueAsNumber || 0 });
          }}
        />
        <span>seconds</span>
      </div>
      <small>Below zero it is slow. The codes follow it.</small>
    </div>
  `;
}
