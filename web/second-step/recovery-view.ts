import { html, nothing, type TemplateResult } from "lit";
import { codeForm } from "./code-form.ts";
import type { Scene } from "./scene.ts";

/** A code has ten characters, grouped in any way. The service decides which characters it allows. */
const isComplete = (code: string) => code.replace(/[ -]/g, "").length === 10;

/** The view for a recovery code. */
export const recoveryView = (scene: Scene, left: number): TemplateResult => {
  const { recovery } = scene.texts;
  return html`
    <h2 part="title" tabindex="-1">${recovery.title}</h2>
    ${codeForm(
      scene,
      "recoveryCode",
      10,
      isComplete,
      (error) => html`<div>
        <label for="recovery">${recovery.label}</label>
        <input
          id="recovery"
          name="code"
          part="recovery-code"
          class="recovery"
          type="text"
          maxlength="32"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          enterkeyhint="go"
          aria-invalid=${error === null ? "false" : "true"}
          aria-describedby="recovery-error recovery-left"
        />
        <div id="recovery-error" class="field-error" part="error">${error ?? nothing}</div>
        <div id="recovery-left" class="field-hint quiet">${recovery.left(left)}</div>
      </div>`,
    )}
  `;
};
