import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Actions } from "../actions/actions.ts";
import { offeredIn } from "../actions/offer.ts";
import { contentsOf, ringingCall, unseenOf } from "../state/phone-contents.ts";
import type { Contents } from "../state/phone-contents.ts";
import { writeNumber } from "../state/phone.ts";
import type { Phone } from "../state/phone.ts";
import { screenOf } from "../state/state.ts";
import type { App, Inbox, Screen, State } from "../state/state.ts";
import { bannerView } from "./banner-view.ts";
import { callsView, incomingCallView } from "./calls-view.ts";
import { codesView } from "./codes-view.ts";
import { icons } from "./icons.ts";
import { settingsView } from "./settings-view.ts";
import { smsView } from "./sms-view.ts";
import { telegramView } from "./telegram-view.ts";
import { duration, hourAndMinute } from "./times.ts";

const APPS: readonly (readonly [App, string])[] = [
  ["telegram", "Telegram"],
  ["calls", "Calls"],
  ["sms", "SMS"],
  ["codes", "Codes"],
  ["settings", "Settings"],
];

/** A phone. `stackTime` in milliseconds since 1970. */
export function phoneView(
  phone: Phone,
  state: State,
  { act, stackTime }: { act: Actions; stackTime: number },
): TemplateResult {
  const screen = screenOf(state, phone);
  const contents = contentsOf(state.world, phone);
  const unseen = unseenOf(contents, screen);
  const ringing = ringingCall(contents, screen, stackTime);
  const phoneTime = stackTime + phone.clockOffsetSeconds * 1000;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const offered = event.dataTransfer && offeredIn(event.dataTransfer);
    if (offered) void act.offer(phone, offered);
  };
  return html`<article
    class="phone"
    data-phone=${phone.id}
    aria-labelledby="name-${phone.id}"
    @dragover=${(event: DragEvent) => event.preventDefault()}
    @drop=${drop}
  >
    <header class="caption">
      <h2 id="name-${phone.id}">${phone.owner}’s phone</h2>
      <button type="button" class="number" @click=${() => act.copy(phone, phone.number)}>
        <span class="visually-hidden">Copy the number </span>${writeNumber(phone.number)} ${icons.copy}
      </button>
    </header>
    <div class="device">
      <div class="status-bar">
        <span>${hourAndMinute(phoneTime)}</span>
        <span class="clock-note">${clockNote(phone)}</span>
        <span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span>
      </div>
      ${bannerView({ phone, contents, unseen, act })}
      <div class="screen ${screen.app}">
        ${appView({ phone, screen, contents, phoneTime, state, act })}
      </div>
      <div role="status" class="toast-place">
        ${screen.toast === null ? nothing : html`<p class="toast">${screen.toast}</p>`}
      </div>
      ${dock(phone, screen, unseen, act)}
      ${ringing ? incomingCallView(phone, ringing, act) : nothing}
    </div>
  </article>`;
}

type Shown = {
  phone: Phone;
  screen: Screen;
  contents: Contents;
  phoneTime: number;
  state: State;
  act: Actions;
};

function appView({ phone, screen, contents, phoneTime, state, act }: Shown): TemplateResult {
  const { person, calls, sms } = contents;
  switch (screen.app) {
    case "telegram":
      return telegramView({ phone, screen, telegram: state.world?.telegram, person, act });
    case "calls":
      return callsView(phone, calls, act);
    case "sms":
      return smsView(phone, sms, act);
    case "codes":
      return codesView(phone, phoneTime, act);
    case "settings":
      return settingsView(phone, person, act);
  }
}

function clockNote({ clockOffsetSeconds: offset }: Phone): string {
  if (offset === 0) return "";
  return `clock ${duration(offset)} ${offset < 0 ? "slow" : "fast"}`;
}

function dock(
  phone: Phone,
  { app: opened }: Screen,
  unseen: Record<Inbox, number>,
  act: Actions,
): TemplateResult {
  return html`<nav class="dock" aria-label="Apps of ${phone.owner}’s phone">
    ${APPS.map(([app, name]) => {
      const count = app in unseen ? unseen[app as Inbox] : 0;
      return html`<button
        type="button"
        class="app ${app}"
        aria-current=${app === opened ? "page" : "false"}
        @click=${() => act.open(phone, app)}
      >
        <span class="tile">${icons[app]}</span>
        <span>${name}</span>
        ${
          count === 0
            ? nothing
            : html`<span class="badge">${count}<span class="visually-hidden"> new</span></span>`
        }
      </button>`;
    })}
  </nav>`;
}
