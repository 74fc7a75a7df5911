import { html, type TemplateResult } from "lit";
import type { CodeMethod } from "./methods.ts";
import { pauseLeft, saidView } from "./said-view.ts";
import { saidOf, type Scene } from "./scene.ts";
import { say } from "./state.ts";

type Field = (said: string | TemplateResult | null) => TemplateResult;

/** A code's form: the field, the message about the last code, and the button. */
export function codeForm(
  scene: Scene,
  method: CodeMethod,
  digits: number,
  isComplete: (code: string) => boolean,
  field: Field,
): TemplateResult {
  const { state, texts, now, run } = scene;
  const said = saidOf(scene, method);
  const waits = state.busy || state.unanswered !== undefined || pauseLeft(said, now) > 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement) || waits) return;
    const code = new FormData(form).get("code");
    if (typeof code !== "string" || !isComplete(code)) {
      run.change({ said: say(state, method, { kind: "incomplete" }).said });
      return;
    }
    run.sendCode(method, code);
  };
  return html`<form class="stack" novalidate @submit=${submit}>
    ${field(saidView(said, method, scene, digits))}
    <button class="primary wide" part="primary" type="submit" aria-disabled=${waits}>
      ${state.busy ? texts.checking : texts.confirm}
    </button>
  </form>`;
}
