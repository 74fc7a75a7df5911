import { html, type TemplateResult } from "lit";
import type { Screen } from "./screen.ts";
import type { Reauth } from "./state.ts";
import { field, stepForm } from "./step-form.ts";

/**
 * "Confirm that it is you": the password, and the second step if it is on. After that the person's task goes on.
 */
export const reauthentication = (screen: Screen, reauth: Reauth): TemplateResult => {
  const { texts, actions } = screen;
  if (reauth.step === "challenge") {
    // This element moves the focus and shows errors by itself.
    return html`<twostep-second-step
      exportparts="title, number, accounts, step, status, ways, way, primary, button, link, error, field, code, slot, recovery-code, clock, ending"
      .client=${screen.client}
      .challenge=${reauth.challenge}
      .language=${screen.language}
      @completed=${actions.reauthenticated}
      @over=${actions.reauthenticationOver}
    ></twostep-second-step>`;
  }
  return stepForm(screen, {
    title: texts.reauth.title,
    body: html`<p>${texts.reauth.why}</p>
      ${field(screen, {
        name: "current-password",
        label: texts.reauth.field,
        type: "password",
        autocomplete: "current-password",
      })}`,
    submit: texts.confirm,
    onSubmit: (value) => actions.reauthenticate(value("current-password")),
  });
};
