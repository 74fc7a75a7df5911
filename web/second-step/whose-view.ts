import { html, nothing, type TemplateResult } from "lit";
import { withMails } from "../parts/with-mails.ts";
import type { Scene } from "./scene.ts";

/**
 * The account of the sign-in, and a way out for somebody else. A reauthentication does not show it, because the person
 * is signed in already.
 */
export const whoseView = ({ state, texts, notMe }: Scene): TemplateResult | typeof nothing => {
  const { account, purpose } = state.challenge;
  return account && purpose === "sign_in"
    ? html`<p class="whose small" part="whose">
        <span id="whose" class="quiet">${withMails(texts.whose(account.email), account.email)}</span>
        <button type="button" class="link" part="link" @click=${notMe}>${texts.notYou}</button>
      </p>`
    : nothing;
};
