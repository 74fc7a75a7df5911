import { html, nothing, type TemplateResult } from "lit";
import type { Content } from "./card.ts";
import { isOfField, problemText } from "./problem-text.ts";
import type { Screen } from "./screen.ts";

type StepForm = {
  readonly title: string;
  readonly body: Content;
  readonly submit: string;
  readonly look?: string;
  readonly onSubmit: (field: (name: string) => string) => void;
};

/** One step of a flow: a heading that takes the focus, a body, one button to go on and one to go back. */
export const stepForm = (screen: Screen, given: StepForm): TemplateResult => {
  const { texts, actions, busy } = screen;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (busy || !(form instanceof HTMLFormElement)) return;
    const fields = new FormData(form);
    given.onSubmit((name) => {
      const value = fields.get(name);
      return typeof value === "string" ? value : "";
    });
  };
  return html`
    <form class="stack" novalidate @submit=${submit}>
      ${heading(screen, given.title)} ${given.body} ${refusal(screen)}
      <div class="buttons">
        <button class="primary ${given.look ?? ""}" part="primary" aria-disabled=${busy}>${given.submit}</button>
        <button type="button" part="button" @click=${actions.close}>${texts.cancel}</button>
      </div>
    </form>
  `;
};

/** A heading one level below the heading above it. */
export const heading = ({ flow }: Screen, title: string): TemplateResult =>
  flow?.kind === "password"
    ? html`<h3 tabindex="-1" part="title" data-focus>${title}</h3>`
    : html`<h4 tabindex="-1" part="title" data-focus>${title}</h4>`;

/** Shows a refusal that does not belong to a field. */
export const refusal = ({ problem, texts, language, flow }: Screen): Content =>
  problem && !isOfField(problem)
    ? html`<p class="notice danger" role="alert">${problemText(problem, texts, language, flow)}</p>`
    : nothing;

/** Says what is wrong with the typed text; null if nothing is. */
export const fieldError = ({ problem, texts, language, flow, reauth }: Screen): string | null =>
  problem && isOfField(problem)
    ? problemText(problem, texts, language, reauth ? undefined : flow)
    : null;

export const sessionsEnd = ({ texts }: Screen): TemplateResult =>
  html`<p class="notice caution">${texts.sessionsEnd}</p>`;

type Field = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type: "text" | "password" | "tel";
  readonly autocomplete: "off" | "current-password" | "new-password" | "tel" | "one-time-code";
  readonly numeric?: boolean;
};

/** A labelled input. The typed text stays in it after any answer. */
export const field = (screen: Screen, given: Field): TemplateResult => {
  const error = fieldError(screen);
  const { name } = given;
  return html`
    <div part="field">
      <label for=${name}>${given.label}</label>
      <input
        id=${name}
        name=${name}
        type=${given.type}
        class=${given.numeric ? "digits" : ""}
        inputmode=${given.numeric ? "numeric" : nothing}
        autocomplete=${given.autocomplete}
        autocapitalize="none"
        spellcheck="false"
        part="input"
        aria-invalid=${error === null ? "false" : "true"}
        aria-describedby="${name}-error ${name}-hint"
      />
      <p id="${name}-error" class="field-error" part="error">${error}</p>
      <p id="${name}-hint" class="field-hint quiet">${given.hint ?? nothing}</p>
    </div>
  `;
};
