import { LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Challenge, Client, Completed } from "../client.ts";
import type { Language } from "../language.ts";
import { codeFieldStyle } from "../parts/code-field.ts";
import { readSmsCode } from "../parts/sms-code.ts";
import { controls } from "../style/controls.ts";
import { tokens } from "../style/tokens.ts";
import { browserWorld, keepChoice, rememberMethod } from "./browser-world.ts";
import { focusCode, focusScreen, screenOf } from "./focus.ts";
import { runSecondStep } from "./run.ts";
import type { State } from "./state.ts";
import { secondStepStyle } from "./style.ts";
import { textsIn } from "./texts/texts.ts";
import { secondStepView } from "./view.ts";
import type { Run } from "./world.ts";

/** `completed`: the browser is signed in, or a reauthentication succeeded. */
export type CompletedEvent = CustomEvent<Completed>;
/**
 * `ended`: the second step is over without success, and the page says so. `over`: the person has read that, or goes
 * back.
 */
export type Over = {
  readonly status: string;
  /**
   * Why the person goes back, if not to begin again. `not_me`: the sign-in belongs to somebody else. `stay`: they keep
   * their session.
   */
  readonly why?: "not_me" | "stay";
};
export type OverEvent = CustomEvent<Over>;
/** `ended`: see above. */
export type EndedEvent = CustomEvent<{ readonly status: string }>;

/**
 * The second step of a sign-in or of a reauthentication. The two public elements use this element; hosts do not.
 *
 * Events, none of which bubbles: `completed` (detail: `Completed`), `ended` (detail: `{ status }`) and `over` (detail:
 * `Over`). Slot: `help`, shown when the second step has ended or no method is left.
 */
export class SecondStepElement extends LitElement {
  static override readonly properties = {
    client: { attribute: false },
    challenge: { attribute: false },
    language: { attribute: false },
  };
  static override readonly styles = [tokens, controls, codeFieldStyle, secondStepStyle];

  declare client: Client | undefined;
  declare challenge: Challenge | undefined;
  declare language: Language | undefined;

  #run: Run | undefined;
  /** The run that the person leaves. A second click does not send a second event. */
  #left: Run | undefined;
  #state: State | undefined;
  /** The screen and the message for which the element last moved the focus. */
  #shown: { readonly screen: string; readonly said: State["said"] } | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #sms: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.requestUpdate(), 1000);
    // The host moved the element within the page. The element begins again with the service's state of the challenge.
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    clearInterval(this.#ticking);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("challenge") || changed.has("client")) this.#begin();
  }

  protected override render(): TemplateResult | typeof nothing {
    const [run, state, language] = [this.#run, this.#state, this.language ?? "en"];
    if (!run || !state) return nothing;
    return secondStepView({
      run,
      state,
      language,
      texts: textsIn(language),
      now: run.now(),
      startAgain: () => void this.#leave(),
      notMe: () => void this.#leave("not_me"),
      stay: () => void this.#leave("stay"),
    });
  }

  protected override update(changed: PropertyValues<this>): void {
    const held = this.shadowRoot?.activeElement;
    super.update(changed);
    // The update removed the focused button.
    if (held && !held.isConnected) focusScreen(this.renderRoot);
  }

  protected override updated(): void {
    const state = this.#state;
    if (!state) return;
    const [was, screen] = [this.#shown, screenOf(state)];
    this.#shown = { screen, said: state.said };
    if (was?.screen !== screen) focusScreen(this.renderRoot);
    else if (state.said && was.said !== state.said) focusCode(this.renderRoot);
    this.#waitForSms(screen === "phone sent" && state.challenge.methods.phone?.sent?.via === "sms");
  }

  #begin(): void {
    const { client, challenge } = this;
    this.#stop();
    if (!client || !challenge) return;
    const world = browserWorld(challenge.id);
    this.#run = runSecondStep(client, challenge, world, (state) => this.#heard(state));
  }

  #heard(state: State): void {
    const was = this.#state;
    this.#state = state;
    this.requestUpdate();
    const { phase, chosen, challenge } = state;
    if (chosen && (chosen !== was?.chosen || challenge.id !== was.challenge.id))
      keepChoice(challenge.id, chosen);
    if (phase === was?.phase) return;
    if (phase.kind === "ended") this.#tell("ended", { status: phase.ending });
    if (phase.kind !== "completed") return;
    if (phase.by) rememberMethod(phase.by);
    this.#tell("completed", phase.value);
  }

  async #leave(why?: Over["why"]): Promise<void> {
    const [run, phase] = [this.#run, this.#state?.phase];
    if (!run || this.#left === run) return;
    this.#left = run;
    await run.cancel();
    const status = phase?.kind === "ended" ? phase.ending : "cancelled";
    this.#tell("over", { status, ...(why && { why }) } satisfies Over);
  }

  #tell(type: "completed" | "ended" | "over", detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** If the browser reads SMS, the element fills the code in as if the person had typed it. */
  #waitForSms(wanted: boolean): void {
    if (wanted === (this.#sms !== undefined)) return;
    this.#sms?.abort();
    this.#sms = wanted ? new AbortController() : undefined;
    if (!this.#sms) return;
    void readSmsCode(this.#sms.signal).then((code) => {
      const input = this.renderRoot.querySelector<HTMLInputElement>('input[name="code"]');
      if (code === undefined || !input) return;
      input.value = code;
      input.dispatchEvent(new Event("input"));
    });
  }

  #stop(): void {
    this.#sms?.abort();
    this.#sms = undefined;
    this.#run?.stop();
    this.#run = undefined;
  }
}

const name = "twostep-second-step";
// Both public elements may load this module; the first one on a page defines the element.
if (!customElements.get(name)) customElements.define(name, SecondStepElement);
