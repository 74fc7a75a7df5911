import { LitElement, type PropertyValues, type TemplateResult } from "lit";
import { createClient, type Client, type Completed } from "./client.ts";
import { onLanguageChange } from "./parts/language-change.ts";
import { languageOf } from "./language.ts";
import { afterSignIn, emptyForm, type FormState } from "./sign-in/form-state.ts";
import { browserRemembered, rememberDismissed, rememberHost } from "./sign-in/remembered.ts";
import type { Over } from "./second-step/second-step.ts";
import { findStart, linkIn, takeLink } from "./sign-in/start.ts";
import { wayBack } from "./sign-in/way-back.ts";
import { signInStyle } from "./sign-in/style.ts";
import { signInView, type Step } from "./sign-in/view.ts";
import { controls } from "./style/controls.ts";
import { tokens } from "./style/tokens.ts";

const retryMs = 3000;

/**
 * A sign-in: mail and password, then the second step.
 *
 * ```html
 * <script type="module" src="https://account.example.com/twostep-sign-in.js"></script>
 * <twostep-sign-in api="https://account.example.com">
 *   <a slot="help" href="/support">Write to support</a>
 * </twostep-sign-in>
 * ```
 * After a reload the element continues at the same step and sends nothing again. A host's back end can open a
 * challenge, or ask for a session of the Security tab; they arrive as `#challenge=<token>` and `#session=<token>`. The
 * element removes the token from the address bar as soon as it has taken it.
 *
 * Attributes: `api` is the service's origin or path, by default the page's own origin; it must belong to the same site
 * as the page. `lang` is en, uk or ru; by default the element uses the page's language, else the reader's.
 *
 * The element asks the person before a link replaces the session of another account.
 *
 * Events, all bubbling and composed:
 * - `twostep-challenge`: the second step began.
 * - `twostep-signed-in` with `detail` `{ status, recoveryCodesLeft?, grant?, returnTo? }`: somebody is signed in. If
 *   there is a `returnTo`, the page goes there unless the host cancels the event (`preventDefault()`). If there is no
 *   `grant`, nobody passed a host's challenge: for example, the person kept their session when a link belonged to
 *   another account.
 * - `twostep-ended` with `detail` `{ status }`: the second step is over and nobody is signed in (denied, expired,
 *   locked, cancelled, elsewhere, gone, signed_out). If a host opened the challenge, the page then goes back to its
 *   `returnTo`, with `twostep=denied|expired|locked|cancelled` in the query, after the person has read why.
 *
 * Slots: `header` and `footer` stand around all steps; `help` appears where a sign-in ended and says how to reach
 * support.
 *
 * Custom properties: `--twostep-accent`, `-on-accent`, `-surface`, `-sunken`, `-ink`, `-quiet`, `-line`, `-field-line`,
 * `-danger`, `-danger-wash`, `-caution`, `-caution-wash`, `-good-wash` (colours), `-radius`, `-font`, `-font-mono`. The
 * host's `color-scheme` decides between light and dark.
 *
 * Parts: `title`, `whose` (the account of the sign-in), `input`, `primary` (the main button), `button`, `link`,
 * `error`, `status`, `step`, `number` (the number to tap), `accounts`, `ways`, `way`, `field`, `code`, `slot` (of one
 * digit), `recovery-code`, `clock`, `ending`.
 */
export class SignInElement extends LitElement {
  static override readonly properties = { api: {} };
  static override readonly styles = [tokens, controls, signInStyle];

  declare api: string | undefined;

  #client: Client | undefined;
  #step: Step = { kind: "connecting", retrying: false };
  #form: FormState = emptyForm;
  #focus: string | undefined;
  #stop = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = new AbortController();
    const update = () => this.requestUpdate();
    const forget = onLanguageChange(update);
    // The text of a pause counts down, so the element draws it every second.
    const ticking = setInterval(() => {
      if (this.#form.problem?.kind === "paused") update();
    }, 1000);
    this.#stop.signal.addEventListener("abort", () => {
      forget();
      clearInterval(ticking);
    });
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#client || changed.has("api")) this.#begin();
  }

  protected override render(): TemplateResult {
    return signInView({
      step: this.#step,
      form: this.#form,
      client: this.#client,
      language: languageOf(this),
      elapsed: performance.now(),
      toggle: () => this.#change({ shown: !this.#form.shown }),
      signIn: (email, password) => void this.#signIn(email, password),
      completed: (event) => this.#signedIn(event.detail),
      ended: (event) => this.#ended(event.detail.status),
      over: (event) => this.#over(event.detail),
      stay: () => this.#stay(),
      replace: () => this.#replace(),
    });
  }

  protected override updated(): void {
    if (this.#focus) this.renderRoot.querySelector<HTMLElement>(this.#focus)?.focus();
    this.#focus = undefined;
  }

  #begin(): void {
    this.#client = createClient({ api: this.api ?? "" });
    this.#step = { kind: "connecting", retrying: false };
    void this.#connect(this.#client, this.#stop.signal);
  }

  /** Asks the service where this browser stands and retries until it answers: only the service knows. */
  async #connect(client: Client, signal: AbortSignal, agreed = false): Promise<void> {
    const link = linkIn(location.hash);
    const remembered = browserRemembered();
    const start = await (link === undefined
      ? findStart(client, remembered)
      : takeLink(client, link, remembered, agreed));
    if (signal.aborted || client !== this.#client) return;
    if (start.kind === "unreachable") {
      this.#go({ kind: "connecting", retrying: true });
      setTimeout(() => {
        if (!signal.aborted) void this.#connect(client, signal, agreed);
      }, retryMs);
      return;
    }
    // The link keeps working until the person has answered: after a reload the page asks again.
    if (start.kind !== "another_session") forgetToken();
    if (start.kind === "signed_in") this.#signedIn(start.value);
    else this.#go(start);
  }

  async #signIn(email: string, password: string): Promise<void> {
    const client = this.#client;
    if (!client || this.#form.busy) return;
    if (!email || !password) {
      this.#change({ email, problem: { kind: "incomplete" } }, email ? "#password" : "#email");
      return;
    }
    this.#change({ email, busy: true, problem: undefined });
    const answer = afterSignIn(
      await client.signIn({ body: { email, password } }),
      performance.now(),
    );
    this.#change({ busy: false });
    switch (answer.kind) {
      case "problem":
        this.#change({ problem: answer.problem }, "#password");
        return;
      case "second_step":
        this.#go({ kind: "second_step", challenge: answer.challenge, fromHost: false });
        return;
      case "signed_in":
        this.#signedIn(answer.value);
    }
  }

  #go(step: Step): void {
    const was = this.#step.kind;
    this.#step = step;
    this.requestUpdate();
    if (step.kind === "second_step") {
      if (step.fromHost) rememberHost(step.challenge.id);
      if (step.challenge.status === "pending") this.#tell("twostep-challenge", {});
    } else if (step.kind === "another_session") {
      this.#focus = "[data-safe]";
    } else if (was === "second_step" || was === "another_session") {
      this.#focus = "h2";
    }
  }

  #signedIn(value: Completed): void {
    this.#form = emptyForm;
    this.#go({ kind: "signed_in" });
    const { returnTo } = value;
    if (!this.#tell("twostep-signed-in", value)) return;
    if (returnTo !== undefined && /^https?:/i.test(returnTo)) location.assign(returnTo);
  }

  #ended(status: string): void {
    this.#tell("twostep-ended", { status });
  }

  /** The link belonged to another account. The browser keeps its session. */
  #stay(): void {
    forgetToken();
    this.#signedIn({ status: "signed_in" });
  }

  #replace(): void {
    if (!this.#client) return;
    this.#go({ kind: "connecting", retrying: false });
    void this.#connect(this.#client, this.#stop.signal, true);
  }

  #over({ status, why }: Over): void {
    const step = this.#step;
    if (step.kind !== "second_step") return;
    rememberDismissed(step.challenge.id);
    if (why === "stay") {
      this.#stay();
      return;
    }
    if (why === "not_me") this.#form = emptyForm;
    if (status === "cancelled") this.#ended(status);
    this.#go({ kind: step.fromHost ? "link_over" : "form" });
    const back = wayBack(step.challenge, status);
    if (back !== undefined) location.assign(back);
  }

  #change(change: Partial<FormState>, focus?: string): void {
    this.#form = { ...this.#form, ...change };
    this.#focus = focus;
    this.requestUpdate();
  }

  /** @returns false if the host cancelled the event and handles what follows itself. */
  #tell(type: string, detail: object): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }
}

/** Removes a used token from the address bar and from the history, so that other people do not see it there. */
function forgetToken(): void {
  if (linkIn(location.hash) === undefined) return;
  history.replaceState(history.state, "", location.pathname + location.search);
}

const name = "twostep-sign-in";
if (!customElements.get(name)) customElements.define(name, SignInElement);
