import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { ShownMessage, ShownPerson } from "../../world/world.ts";
import type { Actions } from "../actions/actions.ts";
import type { Phone } from "../state/phone.ts";
import { recognise } from "../state/recognise.ts";
import type { Screen, State } from "../state/state.ts";
import { icons } from "./icons.ts";
import { richText } from "./rich-text-view.ts";
import { submitted } from "./submitted.ts";
import { hourAndMinute } from "./times.ts";

export type TelegramProps = {
  phone: Phone;
  screen: Screen;
  telegram: NonNullable<State["world"]>["telegram"] | undefined;
  person: ShownPerson | undefined;
  act: Actions;
};

/** The chat with the bot. */
export function telegramView({ phone, screen, telegram, person, act }: TelegramProps) {
  if (telegram?.kind === "elsewhere")
    return html`
      <h3 class="app-title">Telegram</h3>
      <p class="empty">Nobody plays Telegram here. This stack's Telegram: ${telegram.description}.</p>
    `;
  return html`
    <header class="chat-head">
      <span class="avatar" aria-hidden="true">T</span>
      <div>
        <h3>Twostep</h3>
        <p>@${telegram?.bot ?? "…"} · bot</p>
      </div>
    </header>
    <div
      class="feed chat"
      role="log"
      tabindex="0"
      aria-label="Chat with the bot on ${phone.owner}’s phone"
      data-follow=${person?.messages.at(-1)?.id ?? 0}
    >
      ${
        person && person.messages.length > 0
          ? person.messages.map((message) => bubble(message, phone, screen, act))
          : html`<p class="chat-hint">
              Paste or drop the page’s t.me link here, or its QR code, to open the bot with it.
            </p>`
      }
    </div>
    ${writing(phone, person, act)}
  `;
}

function bubble(message: ShownMessage, phone: Phone, screen: Screen, act: Actions): TemplateResult {
  const { id, from, text, entities, edited, at, buttons } = message;
  const isTapped = (label: string): boolean =>
    screen.tapping?.messageId === id && screen.tapping.button === label;
  return html`<div class="message ${from}">
    <div class="bubble">
      <p class="text">${richText(text, entities)}</p>
      <p class="meta">${edited ? html`<span>edited</span> ` : nothing}${hourAndMinute(at)}</p>
    </div>
    ${buttons.map(
      (row) =>
        html`<div class="keys">
          ${row.map(({ text: label, url }) =>
            url === null
              ? html`<button
                  type="button"
                  class="key ${isTapped(label) ? "tapped" : ""}"
                  @click=${() => act.tap(phone, id, label)}
                >
                  ${label}
                </button>`
              : html`<a class="key" href=${url} target="_blank" rel="noreferrer">${label} ↗</a>`,
          )}
        </div>`,
    )}
  </div>`;
}

function writing(phone: Phone, person: ShownPerson | undefined, act: Actions): TemplateResult {
  if (person?.blocked)
    return html`<div class="compose">
      <button type="button" class="wide" @click=${() => act.block(phone, false)}>
        Unblock the bot
      </button>
    </div>`;
  const send = async (event: SubmitEvent): Promise<void> => {
    const { read, clear } = submitted(event);
    const text = read("text");
    if (text === "") return;
    if (recognise(text).kind === "telegram_link") await act.offer(phone, { text });
    else if (!(await act.write(phone, text))) return;
    clear();
  };
  return html`
    ${
      person?.started === false
        ? html`<div class="compose">
            <button type="button" class="wide accent" @click=${() => act.write(phone, "/start")}>
              START
            </button>
          </div>`
        : nothing
    }
    <form class="compose" @submit=${send}>
      <label class="visually-hidden" for="write-${phone.id}">Message to the bot</label>
      <input id="write-${phone.id}" name="text" placeholder="Message or t.me link" autocomplete="off" />
      <button type="submit" class="round accent" aria-label="Send">${icons.send}</button>
    </form>
  `;
}
