import { html, nothing, type TemplateResult } from "lit";
import type { Challenge } from "../client.ts";
import { secondsUntil } from "../client/server-clock.ts";
import { duration } from "../parts/duration.ts";
import { saidView } from "./said-view.ts";
import { saidOf, type Scene } from "./scene.ts";

type Telegram = NonNullable<Challenge["methods"]["telegram"]>;
type Account = Telegram["accounts"][number];

/** The number to tap, the Telegram accounts that got a prompt, and the button to prompt again. */
export const telegramView = (scene: Scene, telegram: Telegram): TemplateResult => {
  const { texts } = scene;
  const { number, accounts } = telegram;
  if (accounts.length === 0) {
    return html`
      <h2 part="title" tabindex="-1">${texts.ways.telegram}</h2>
      <p>${texts.telegram.resting}</p>
      ${again(scene, telegram)}
    `;
  }
  const lost = accounts.every(({ state }) => state === "unreachable");
  return html`
    <h2 part="title" tabindex="-1">${texts.telegram.title(number)}</h2>
    <p class="number" part="number" aria-hidden="true">${number}</p>
    ${lost ? nothing : html`<p>${texts.telegram.lead}</p>`}
    <ul class="asked" part="accounts">
      ${accounts.map((account) => accountView(account, scene))}
    </ul>
    ${lost ? html`<p class="notice caution">${texts.telegram.nobodyReached}</p>` : nothing}
    ${again(scene, telegram)}
  `;
};

const accountView = ({ name, state }: Account, { texts: { telegram } }: Scene) =>
  html`<li data-state=${state}>${telegram[state](name)}</li>`;

/** The button to prompt again, with its wait. There is none if the wait ends after the challenge. */
const again = (scene: Scene, { resendAt }: Telegram) => {
  const { state, texts, language, now, run } = scene;
  if (Date.parse(resendAt) >= Date.parse(state.challenge.expiresAt)) return nothing;
  const seconds = secondsUntil(resendAt, now);
  const waits = seconds > 0 || state.busy;
  const error = saidView(saidOf(scene, "telegram"), "telegram", scene, 0);
  return html`<div>
    <button
      type="button"
      class="wide"
      part="button"
      aria-disabled=${waits}
      aria-describedby="again-error"
      @click=${() => waits || run.promptTelegram()}
    >
      ${seconds > 0 ? texts.telegram.againIn(duration(seconds, language)) : texts.telegram.again}
    </button>
    <div id="again-error" class="field-error" part="error">${error ?? nothing}</div>
  </div>`;
};
