import { html, nothing, type TemplateResult } from "lit";
import type { Language } from "../language.ts";
import { duration } from "../parts/duration.ts";
import type { FormState } from "./form-state.ts";
import type { Texts } from "./texts/texts.ts";

export type FormScene = {
  readonly texts: Texts;
  readonly language: Language;
  readonly form: FormState;
  /** Milliseconds of the page's monotonic clock. */
  readonly elapsed: number;
  readonly toggle: () => void;
  readonly signIn: (email: string, password: string) => void;
};

/** Mail and password. Password managers look for these names and `autocomplete` values. */
export function passwordForm(scene: FormScene): TemplateResult {
  const { texts } = scene;
  const { email, busy, shown, problem } = scene.form;
  const wait = pauseSeconds(scene);
  const waits = busy || wait > 0;
  const error = problemText(scene, wait);
  const wrong = problem?.kind === "invalid_credentials" || problem?.kind === "incomplete";
  return html`<form class="stack" novalidate @submit=${(event: SubmitEvent) => submit(event, scene, waits)}>
    <h2 part="title" tabindex="-1">${texts.title}</h2>
    <div>
      <label for="email">${texts.email}</label>
      <input
        id="email"
        name="email"
        part="input"
        type="email"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        maxlength="254"
        required
        .value=${email}
        aria-invalid=${wrong}
        aria-describedby="problem"
      />
    </div>
    <div>
      <label for="password">${texts.password}</label>
      <div class="password">
        <input
          id="password"
          name="password"
          part="input"
          type=${shown ? "text" : "password"}
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck="false"
          maxlength="1024"
          required
          aria-invalid=${wrong}
          aria-describedby="problem"
        />
        <button type="button" class="link" part="link" aria-controls="password" aria-label=${`${shown ? texts.hide : texts.show}: ${texts.password}`} @click=${scene.toggle}>
          ${shown ? texts.hide : texts.show}
        </button>
      </div>
    </div>
    <div id="problem" class="live" role="status" part="error">${
      error === undefined ? nothing : html`<p class="notice danger">${error}</p>`
    }</div>
    <button class="primary wide" part="primary" type="submit" aria-disabled=${waits}>
      ${busy ? texts.busy : texts.submit}
    </button>
  </form>`;
}

function submit(event: SubmitEvent, scene: FormScene, waits: boolean): void {
  event.preventDefault();
  const form = event.currentTarget;
  if (!(form instanceof HTMLFormElement) || waits) return;
  const given = new FormData(form);
  const [email, password] = [given.get("email"), given.get("password")];
  if (typeof email === "string" && typeof password === "string")
    scene.signIn(email.trim(), password);
}

const pauseSeconds = ({ form: { problem }, elapsed }: FormScene): number =>
  problem?.kind === "paused" ? Math.max(0, Math.ceil((problem.until - elapsed) / 1000)) : 0;

function problemText(
  { form: { problem }, texts, language }: FormScene,
  wait: number,
): string | undefined {
  switch (problem?.kind) {
    case undefined:
      return undefined;
    case "incomplete":
      return texts.incomplete;
    case "invalid_credentials":
      return texts.invalidCredentials;
    case "paused":
      return wait === 0 ? undefined : texts.pausedFor(duration(wait, language));
    case "refused":
      return texts.refused;
    case "unreachable":
      return texts.unreachable;
    case "unavailable":
      return texts.unavailable;
  }
}
