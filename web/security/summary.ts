import { html, nothing, type TemplateResult } from "lit";
import type { SecurityView } from "../client.ts";
import { news, opener, panel, type Content } from "./card.ts";
import { changePassword } from "./replace-codes.ts";
import type { Screen } from "./screen.ts";
import { field, sessionsEnd, stepForm } from "./step-form.ts";

export type Advice = "second_method" | "no_codes" | "few_codes";

const fewCodes = 3;

/**
 * Advice for a person with these methods. There is none while the second step is off, because the summary says that.
 */
export function adviceFor({ secondStep, recoveryCodes, ...view }: SecurityView): Advice[] {
  if (!secondStep) return [];
  const methods = [
    view.telegram.enabled,
    view.authenticators.length > 0,
    view.phones.active && view.phones.numbers.length > 0,
  ].filter(Boolean);
  return [
    ...(methods.length < 2 ? (["second_method"] as const) : []),
    ...(recoveryCodes.createdAt === null
      ? (["no_codes"] as const)
      : recoveryCodes.left <= fewCodes
        ? (["few_codes"] as const)
        : []),
  ];
}

/** Says whether the second step is on, what that means, and what the person should do. */
export const summary = (screen: Screen): TemplateResult => {
  const { view, texts } = screen;
  const say = texts.advice;
  const advice = adviceFor(view).map((one) =>
    one === "few_codes" ? say.few_codes(view.recoveryCodes.left) : say[one],
  );
  return html`
    <section class="summary" part="summary" aria-labelledby="title-summary">
      <div class="tight">
        <h2 id="title-summary" tabindex="-1" class=${view.secondStep ? "on" : "off"}>
          ${view.secondStep ? texts.on : texts.off}
        </h2>
        <p class="quiet">${view.secondStep ? texts.onMeaning : texts.offMeaning}</p>
      </div>
      ${view.passwordKnown ? passwordKnown(screen) : nothing} ${news(screen, "summary")}
      ${panel(screen, "summary", () => newPassword(screen))}
      ${
        advice.length > 0
          ? html`<ul class="notice caution" part="advice">
            ${advice.map((one) => html`<li>${one}</li>`)}
          </ul>`
          : nothing
      }
    </section>
  `;
};

const passwordKnown = (screen: Screen): Content => {
  const { known, change } = screen.texts.password;
  return html`<div class="notice danger known" part="warning">
    <p>${known}</p>
    ${opener(screen, "open-password", { kind: "password", step: "new" }, change)}
  </div>`;
};

const newPassword = (screen: Screen): Content => {
  const { password } = screen.texts;
  return stepForm(screen, {
    title: password.change,
    body: html`${sessionsEnd(screen)}
    ${field(screen, {
      name: "new-password",
      label: password.field,
      hint: password.hint,
      type: "password",
      autocomplete: "new-password",
    })}`,
    submit: password.change,
    onSubmit: (value) => screen.actions.perform(changePassword(value("new-password"))),
  });
};
