import { html, type TemplateResult } from "lit";
import { codeField } from "../parts/code-field.ts";
import { codeForm } from "./code-form.ts";
import type { Scene } from "./scene.ts";

/** The view for the code of an authenticator app. */
export const totpView = (scene: Scene, digits: number): TemplateResult => {
  const { texts, state } = scene;
  const isComplete = (code: string) => code.length === digits;
  return html`
    <h2 part="title" tabindex="-1">${texts.totp.title}</h2>
    ${codeForm(scene, "totp", digits, isComplete, (error) =>
      codeField({
        id: "totp",
        label: texts.totp.label,
        digits,
        error,
        submitsItself: state.challenge.attemptsLeft > 1,
      }),
    )}
  `;
};
