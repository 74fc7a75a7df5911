import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Actions } from "../actions/actions.ts";
import type { Contents } from "../state/phone-contents.ts";
import type { Phone } from "../state/phone.ts";
import type { Inbox } from "../state/state.ts";
import { icons } from "./icons.ts";

type BannerProps = {
  phone: Phone;
  contents: Contents;
  unseen: Record<Inbox, number>;
  act: Actions;
};

type Arrival = { app: Inbox; title: string; words: string; at: string };

/** Shows the newest thing that has arrived in an app that is not open. It stays until the user opens the app. */
export function bannerView({ phone, contents, unseen, act }: BannerProps): TemplateResult {
  const newest = arrivalsOf(contents)
    .filter(({ app }) => unseen[app] > 0)
    .reduce<Arrival | undefined>(
      (one, other) => (one && one.at > other.at ? one : other),
      undefined,
    );
  return html`<div role="status">
    ${
      newest === undefined
        ? nothing
        : html`<button type="button" class="banner" @click=${() => act.open(phone, newest.app)}>
            <span class="tile ${newest.app}" aria-hidden="true">${icons[newest.app]}</span>
            <span class="banner-words"><b>${newest.title}</b><span>${newest.words}</span></span>
          </button>`
    }
  </div>`;
}

function arrivalsOf({ person, calls, sms }: Contents): Arrival[] {
  const message = person?.messages.findLast(({ from }) => from === "bot");
  const call = calls.at(-1);
  const text = sms.at(-1);
  return [
    ...(message
      ? [{ app: "telegram" as const, title: "Twostep", words: message.text, at: message.at }]
      : []),
    ...(call
      ? [{ app: "calls" as const, title: "Missed call", words: call.from, at: call.at }]
      : []),
    ...(text ? [{ app: "sms" as const, title: text.from, words: text.text, at: text.at }] : []),
  ];
}
