import { html, type TemplateResult } from "lit";
import { withMails } from "../parts/with-mails.ts";
import type { AnotherSession } from "./state.ts";
import type { Texts } from "./texts/texts.ts";

/**
 * Asks whether a link may replace the session of another account. The button to stay comes first and gets the focus, so
 * that a person who presses Enter without reading loses nothing.
 */
export const anotherSessionView = (
  { anotherSession: texts }: Texts,
  { account, session }: AnotherSession,
  { stay, replace }: { readonly stay: () => void; readonly replace: () => void },
): TemplateResult => html`
  <div class="stack" role="group" aria-labelledby="another" aria-describedby="another-why">
    <h2 id="another" part="title" tabindex="-1">${texts.title}</h2>
    <div id="another-why" class="stack">
      <p>${withMails(texts.text(account, session), account, session)}</p>
      <p class="notice caution">${texts.caution}</p>
    </div>
    <button type="button" class="primary wide" part="primary" data-safe @click=${stay}>
      <span>${withMails(texts.stay(session), session)}</span>
    </button>
    <button type="button" class="wide" part="button" @click=${replace}>
      <span>${withMails(texts.replace(account), account)}</span>
    </button>
  </div>
`;
