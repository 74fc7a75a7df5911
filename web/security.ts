import { LitElement, html, type PropertyValues, type TemplateResult } from "lit";
import { createClient, type Client } from "./client.ts";
import { readServerClock, type ServerClock } from "./client/server-clock.ts";
import type { Watch } from "./client/watch-challenge.ts";
import "./second-step/second-step.ts";
import { languageOf } from "./language.ts";
import { codeFieldStyle } from "./parts/code-field.ts";
import { onLanguageChange } from "./parts/language-change.ts";
import { dropCodes, printCodes } from "./security/codes-file.ts";
import { focusSaved, moveFocus } from "./security/focus.ts";
import type { Task } from "./security/flow.ts";
import { afterLook } from "./security/link-telegram.ts";
import type { Actions } from "./security/screen.ts";
import * as states from "./security/state.ts";
import { styles } from "./security/styles.ts";
import { notice, tab } from "./security/tab.ts";
import { textsIn } from "./security/texts.ts";
import { watchLink } from "./security/watch-link.ts";
import { controls } from "./style/controls.ts";
import { tokens } from "./style/tokens.ts";

/**
 * The block "2-step authentication" of a Security tab: methods, recovery codes, sessions and recent activity of whoever is
 * signed in, with re-authentication where it is asked for.
 *
 * ```html
 * <script type="module" src="/twostep-security.js"></script>
 * <twostep-security api="https://id.example.com"><h1 slot="header">Security</h1></twostep-security>
 * ```
 *
 * Attributes: `api`, the service's origin or path, by default the page's own origin; it must be of the same site as the
 * page. `lang`: en, uk or ru, by default that of the page, else of the reader.
 *
 * Events, both bubbling and composed: `twostep-security-changed` with `detail` the security view after a change;
 * `twostep-signed-out`: nobody is signed in (any more).
 *
 * Slots: `header` above everything, `help` below.
 *
 * Custom properties: the `--twostep-*` of `style/tokens.ts`. Light or dark follows `color-scheme`.
 *
 * Parts: `summary`, `advice`, `warning`, `card` (also by its area: `telegram`, `totp`, `phone`, `codes`, `sessions`,
 * `activity`), `state`, `list`, `panel`, `title` (of a step), `field`, `input`, `error`, `primary`, `button`, `qr`, `key`,
 * `codes`, and those of the second step: `number`, `accounts`, `ways`, `way`, `code`, `slot`, `link`, `status`, `ending`.
 */
export class SecurityElement extends LitElement {
  static override properties = { api: {} };
  static override styles = [tokens, controls, codeFieldStyle, styles];
  declare api: string;

  #state = states.initial;
  #client: Client = createClient();
  #clock: ServerClock = { now: () => Date.now() };
  /** What a re-authentication was asked for. */
  #waiting: Task | undefined;
  #watched: { readonly id: string; readonly watch: Watch } | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #forget: (() => void) | undefined;

  constructor() {
    super();
    this.api = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = onLanguageChange(() => this.requestUpdate());
    if (this.hasUpdated) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
    clearTimeout(this.#ticking);
    this.#watched?.watch.stop();
    this.#watched = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("api")) return;
    this.#client = createClient({ api: this.api });
    this.#state = states.initial;
    void this.#load();
  }

  protected override render(): TemplateResult {
    const language = languageOf(this);
    const { view, page } = this.#state;
    const screen = {
      ...this.#state,
      client: this.#client,
      now: this.#clock.now(),
      language,
      texts: textsIn[language],
      actions: this.#actions,
    };
    return html`<div class="all" lang=${language}>
      <slot name="header"></slot>
      ${view && page === "ready" ? tab({ ...screen, view }) : notice(screen, () => void this.#load())}
      <slot name="help"></slot>
    </div>`;
  }

  protected override updated(): void {
    clearTimeout(this.#ticking);
    if (this.isConnected && states.countsDown(this.#state, this.#clock.now())) {
      this.#ticking = setTimeout(() => this.requestUpdate(), 1000);
    }
    const id = states.linkOut(this.#state)?.link.id;
    if (id === this.#watched?.id) return;
    this.#watched?.watch.stop();
    this.#watched = id === undefined ? undefined : { id, watch: this.#watch(id) };
  }

  #set(state: states.State): void {
    const before = this.#state;
    this.#state = state;
    if (
      before.flow?.kind === "codes" &&
      before.flow.step === "show" &&
      before.flow !== state.flow
    ) {
      dropCodes(before.flow.codes, this.renderRoot);
    }
    if (state.page === "signed_out" && before.page !== "signed_out")
      this.#tell("twostep-signed-out");
    this.requestUpdate();
    void this.updateComplete.then(() => moveFocus(this.renderRoot, before, state));
  }

  #tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  async #load(): Promise<void> {
    const client = this.#client;
    const [security, sessions, clock] = await Promise.all([
      client.readSecurity(),
      client.listSessions(),
      readServerClock(client),
    ]);
    if (client !== this.#client) return;
    this.#clock = clock ?? this.#clock;
    this.#set(states.loaded(this.#state, security, sessions));
  }

  async #perform(task: Task): Promise<void> {
    if (this.#state.busy) return;
    const { opener } = this.#state;
    this.#set(states.begun(this.#state));
    const next = await task(this.#client);
    this.#waiting = task;
    this.#set(states.afterTask(this.#state, next, opener, textsIn[languageOf(this)]));
    if (!next.view) return;
    this.#tell("twostep-security-changed", next.view);
    await this.#load();
  }

  async #reauthenticate(password: string): Promise<void> {
    if (this.#state.busy) return;
    this.#set(states.begun(this.#state));
    const outcome = await this.#client.reauthenticate({ body: { password } });
    const state = { ...this.#state, busy: false };
    if (outcome.kind === "unauthenticated") this.#set(states.signedOut(state));
    else if (outcome.kind !== "done")
      this.#set(state.reauth ? { ...state, problem: outcome } : state);
    else if (outcome.value.status === "reauthenticated") this.#goOn(state);
    else if (state.reauth) {
      this.#set({ ...state, reauth: { step: "challenge", challenge: outcome.value.challenge } });
    } else {
      this.#set(state);
      void this.#client.cancelChallenge();
    }
  }

  #goOn(state: states.State): void {
    this.#set({ ...state, reauth: undefined });
    if (state.reauth && this.#waiting) void this.#perform(this.#waiting);
  }

  async #endSessions(id?: string): Promise<void> {
    if (this.#state.busy) return;
    this.#set(states.begun(this.#state));
    const outcome = await (id === undefined
      ? this.#client.endOtherSessions()
      : this.#client.endSession({ id }));
    this.#set(states.afterEnding(this.#state, outcome, textsIn[languageOf(this)]));
    await this.#load();
  }

  #close(): void {
    const state = this.#state;
    if (state.reauth) {
      if (state.reauth.step === "challenge") void this.#client.cancelChallenge();
      this.#set({ ...state, reauth: undefined, problem: undefined });
    } else if (this.#mayLeave()) this.#set(states.closed(state));
  }

  /** Where the person may not leave, the focus goes to what is missing. */
  #mayLeave(): boolean {
    const may = states.mayLeave(this.#state);
    if (!may) focusSaved(this.renderRoot);
    return may;
  }

  #watch(id: string): Watch {
    return watchLink(this.#client, id, (outcome) => {
      const { opener, busy } = this.#state;
      const flow = states.linkOut(this.#state);
      const next = flow && afterLook(flow, outcome);
      if (!next) return;
      const state = states.afterTask(this.#state, next, opener, textsIn[languageOf(this)]);
      this.#set({ ...state, busy });
    });
  }

  async #copy(text: string): Promise<void> {
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not allowed, or a page without a secure connection, which has no clipboard.
      copied = false;
    }
    this.#set({ ...this.#state, copied });
  }

  readonly #actions: Actions = {
    open: (flow, opener) => {
      if (this.#mayLeave()) this.#set(states.opened(this.#state, flow, opener));
    },
    close: () => this.#close(),
    perform: (task) => void this.#perform(task),
    reauthenticate: (password) => void this.#reauthenticate(password),
    reauthenticated: () => this.#goOn(this.#state),
    reauthenticationOver: () => {
      this.#set({ ...this.#state, reauth: { step: "password" } });
      // It may have been denied, which says something about the password.
      void this.#load();
    },
    endSessions: (id) => void this.#endSessions(id),
    copy: (text) => void this.#copy(text),
    print: (codes) => printCodes(codes, textsIn[languageOf(this)].codes, this.renderRoot),
    save: (saved) => this.#set({ ...this.#state, saved }),
  };
}

if (!customElements.get("twostep-security"))
  customElements.define("twostep-security", SecurityElement);
