import { html, nothing, type TemplateResult } from "lit";
import { copyState } from "./authenticator-card.ts";
import { card, opener, type Content } from "./card.ts";
import { codesFile } from "./codes-file.ts";
import type { Flow } from "./flow.ts";
import { day } from "./moments.ts";
import { replaceCodes } from "./replace-codes.ts";
import type { Screen } from "./screen.ts";
import { heading, sessionsEnd, stepForm } from "./step-form.ts";

/** The card of recovery codes: it says how many are left and shows ten new ones, once. */
export const recoveryCodesCard = (screen: Screen): TemplateResult => {
  const { texts, view, language } = screen;
  const say = texts.codes;
  const { left, createdAt } = view.recoveryCodes;
  const text = createdAt === null ? say.create : say.renew;
  return card(screen, {
    area: "codes",
    title: say.title,
    about: say.about,
    state: createdAt !== null && !view.secondStep ? "inactive" : "none",
    button: view.secondStep
      ? opener(screen, "open-codes", { kind: "codes", step: "plan" }, text)
      : html`<button type="button" aria-disabled="true" aria-describedby="codes-needs">
          ${text}
        </button>`,
    body: html`<p class="small">
        ${
          createdAt === null
            ? say.none
            : `${say.left(left)} · ${say.made(day(createdAt, language))}`
        }
      </p>
      ${
        view.secondStep
          ? nothing
          : html`<p id="codes-needs" class="notice small">${texts.phone.needs}</p>`
      }`,
    panel: (flow) => steps(screen, flow),
  });
};

const steps = (screen: Screen, flow: Flow): Content => {
  if (flow.kind !== "codes") return nothing;
  const { texts, actions, view } = screen;
  const say = texts.codes;
  if (flow.step === "show") return codes(screen, flow.codes);
  return stepForm(screen, {
    title: view.recoveryCodes.createdAt === null ? say.create : say.renew,
    body: html`${view.recoveryCodes.left > 0 ? html`<p>${say.oldDie}</p>` : nothing}
    ${sessionsEnd(screen)}`,
    submit: texts.proceed,
    onSubmit: () => actions.perform(replaceCodes),
  });
};

const codes = (screen: Screen, shown: readonly string[]): Content => {
  const { texts, actions, saved } = screen;
  const say = texts.codes;
  const tick = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement) actions.save(currentTarget.checked);
  };
  return html`<div class="stack">
    ${heading(screen, say.once)}
    <p>${say.keep}</p>
    <ol class="codes" part="codes">
      ${shown.map((code) => html`<li><code>${code}</code></li>`)}
    </ol>
    <div class="buttons">
      <button type="button" @click=${() => actions.copy(shown.join("\n"))}>${texts.copy}</button>
      <button type="button" @click=${() => actions.print(shown)}>${say.print}</button>
      <a class="button" href=${codesFile(shown, say)} download="recovery-codes.txt">
        ${say.download}
      </a>
      ${copyState(screen, screen.copied)}
    </div>
    <label class="tick">
      <input id="codes-saved" type="checkbox" .checked=${saved} @change=${tick} />
      ${say.saved}
    </label>
    <div class="buttons">
      <button
        type="button"
        class="primary"
        aria-disabled=${!saved}
        aria-describedby="codes-tick"
        @click=${actions.close}
      >
        ${texts.done}
      </button>
      <span id="codes-tick" class="quiet small">${saved ? nothing : say.tickFirst}</span>
    </div>
  </div>`;
};
