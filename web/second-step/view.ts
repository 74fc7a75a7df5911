import { html, nothing, type TemplateResult } from "lit";
import { secondsUntil } from "../client/server-clock.ts";
import { duration } from "../parts/duration.ts";
import { anotherSessionView } from "./another-session-view.ts";
import type { Method } from "./methods.ts";
import { phoneView } from "./phone-view.ts";
import { recoveryView } from "./recovery-view.ts";
import type { Scene } from "./scene.ts";
import { viewOf, type Ending, type View } from "./state.ts";
import { telegramView } from "./telegram-view.ts";
import { totpView } from "./totp-view.ts";
import { waysView } from "./ways-view.ts";
import { whoseView } from "./whose-view.ts";

/**
 * The whole second step. The account's mail names the group around it: a screen reader reads that out before the field
 * that takes the focus.
 */
export const secondStepView = (scene: Scene): TemplateResult => {
  const view = viewOf(scene.state);
  const whose = view.kind === "method" ? whoseView(scene) : nothing;
  const named = whose !== nothing;
  return html`
    <div class="step" part="step" role=${named ? "group" : nothing} aria-labelledby=${named ? "whose" : nothing}>
      ${whose} ${stepView(scene, view)}
    </div>
  `;
};

function stepView(scene: Scene, view: View): TemplateResult {
  const { texts, startAgain } = scene;
  switch (view.kind) {
    case "method":
      return html`
        <div class="stack">${methodView(scene, view.method)} ${statusView(scene)}</div>
        ${waysView(scene, view.others)} ${footView(scene)}
      `;
    case "finishing":
      return html`<div class="stack">
        <h2 part="title" tabindex="-1">${texts.finishing}</h2>
        ${statusView(scene)}
      </div>`;
    case "another_session":
      return anotherSessionView(texts, view, {
        stay: scene.stay,
        replace: scene.run.replaceSession,
      });
    case "no_method":
      return endingView(scene, texts.noMethod, startAgain, "no_method");
    case "ended":
      return endingView(scene, texts.endings[view.ending], startAgain, view.ending);
  }
}

function methodView(scene: Scene, method: Method): TemplateResult | typeof nothing {
  const { telegram, totp, phone, recoveryCode } = scene.state.challenge.methods;
  switch (method) {
    case "telegram":
      return telegram ? telegramView(scene, telegram) : nothing;
    case "totp":
      return totp ? totpView(scene, totp.digits) : nothing;
    case "phone":
      return phone ? phoneView(scene, phone) : nothing;
    case "recoveryCode":
      return recoveryCode ? recoveryView(scene, recoveryCode.left) : nothing;
  }
}

const endingView = (
  { texts }: Scene,
  { title, text }: { readonly title: string; readonly text: string },
  startAgain: () => void,
  ending: Ending | "no_method",
) => html`
  <div class="stack" part="ending" data-ending=${ending}>
    <h2 part="title" tabindex="-1">${title}</h2>
    <p>${text}</p>
    <button type="button" class="primary wide" part="primary" @click=${startAgain}>
      ${texts.startAgain}
    </button>
    <slot name="help"></slot>
  </div>
`;

/** The time left, if it is under two minutes, and the way back. */
const footView = ({ state, texts, language, now, startAgain }: Scene) => {
  const left = secondsUntil(state.challenge.expiresAt, now);
  return html`<div class="foot">
    ${
      now !== undefined && left < 120
        ? html`<span class="quiet small">${texts.timeLeft(duration(left, language))}</span>`
        : nothing
    }
    <button type="button" class="link" part="link" @click=${startAgain}>${texts.cancel}</button>
  </div>`;
};

const statusView = ({ state: { connection }, texts }: Scene) =>
  html`<p class="live" role="status" part="status" data-connection=${connection}>${
    connection === "up" ? nothing : texts.connection[connection]
  }</p>`;
