import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { createClient, type Client } from "./client.ts";
import { languageOf } from "./language.ts";
import { codeFieldStyle } from "./parts/code-field.ts";
import { onLanguageChange } from "./parts/language-change.ts";
import { dropCodes, printCodes } from "./security/codes-file.ts";
import { copyText } from "./security/copy-text.ts";
import { focusSaved, moveFocus } from "./security/focus.ts";
import { runSecurity, type Run } from "./security/run.ts";
import type { Actions } from "./security/screen.ts";
import { countsDown, mayLeave, type State } from "./security/state.ts";
import { styles } from "./security/styles.ts";
import { notice, tab } from "./security/tab.ts";
import { textsIn } from "./security/texts.ts";
import { controls } from "./style/controls.ts";
import { tokens } from "./style/tokens.ts";

/**
 * The block "2-step authentication" of a Security tab. It shows the methods, recovery codes, sessions and recent
 * activity of the signed-in account, and reauthenticates the person where the service requires it.
 *
 * ```html
 * <script type="module" src="/twostep-security.js"></script>
 * <twostep-security api="https://id.example.com"><h1 slot="header">Security</h1></twostep-security>
 * ```
 *
 * For reauthentication it loads the sign-in's module, `twostep-sign-in.js`, from the address of its own module.
 *
 * Attributes: `api` is the service's origin or path, by default the page's own origin; it must belong to the same site
 * as the page. `lang` is en, uk or ru; by default the element uses the page's language, else the reader's.
 *
 * Events, both bubbling and composed: `twostep-security-changed`, whose `detail` is the security view after a change;
 * `twostep-signed-out`: nobody is signed in (any more).
 *
 * Slots: `header` stands above everything, `help` below.
 *
 * Custom properties: the `--twostep-*` of `style/tokens.ts`. The host's `color-scheme` decides between light and dark.
 *
 * Parts: `summary`, `advice`, `warning`, `card` (also by its area: `telegram`, `totp`, `phone`, `codes`, `sessions`,
 * `activity`), `state`, `list`, `panel`, `title` (of a step), `field`, `input`, `error`, `primary`, `button`, `qr`,
 * `key`, `codes`, and those of the second step: `number`, `accounts`, `ways`, `way`, `code`, `slot`, `link`, `status`,
 * `ending`.
 */
export class SecurityElement extends LitElement {
  static override properties = { api: {} };
  static override styles = [tokens, controls, codeFieldStyle, styles];
  declare api: string;

  #client: Client = createClient();
  #run: Run | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #forget: (() => void) | undefined;

  constructor() {
    super();
    this.api = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = onLanguageChange(() => this.requestUpdate());
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
    clearTimeout(this.#ticking);
    this.#run?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("api")) this.#begin();
  }

  protected override render(): TemplateResult | typeof nothing {
    const run = this.#run;
    if (!run) return nothing;
    const state = run.state();
    const language = languageOf(this);
    const screen = {
      ...state,
      client: this.#client,
      now: run.now(),
      language,
      texts: textsIn[language],
      actions: this.#actions(run),
    };
    return html`<div class="all" lang=${language}>
      <slot name="header"></slot>
      ${
        state.view && state.page === "ready"
          ? tab({ ...screen, view: state.view })
          : notice(screen, () => void run.load())
      }
      <slot name="help"></slot>
    </div>`;
  }

  protected override updated(): void {
    clearTimeout(this.#ticking);
    const run = this.#run;
    if (run && this.isConnected && countsDown(run.state(), run.now())) {
      this.#ticking = setTimeout(() => this.requestUpdate(), 1000);
    }
  }

  #begin(): void {
    this.#run?.stop();
    this.#client = createClient({ api: this.api });
    this.#run = runSecurity(this.#client, {
      texts: () => textsIn[languageOf(this)],
      heard: (state, before) => this.#heard(state, before),
      changed: (view) => this.#tell("twostep-security-changed", view),
    });
    void this.#run.load();
  }

  #heard(state: State, before: State): void {
    const { flow } = before;
    if (flow?.kind === "codes" && flow.step === "show" && flow !== state.flow) {
      dropCodes(flow.codes, this.renderRoot);
    }
    if (state.page === "signed_out" && before.page !== "signed_out") {
      this.#tell("twostep-signed-out");
    }
    this.requestUpdate();
    void this.updateComplete.then(() => moveFocus(this.renderRoot, before, state));
  }

  #tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  #actions(run: Run): Actions {
    /** Runs `go` if the person may leave. Otherwise moves the focus to the tick that is missing. */
    const leave = (go: () => void) => (mayLeave(run.state()) ? go() : focusSaved(this.renderRoot));
    return {
      open: (flow, opener) => leave(() => run.open(flow, opener)),
      close: () => leave(run.close),
      perform: (task) => void run.perform(task),
      reauthenticate: (password) => void run.reauthenticate(password),
      reauthenticated: () => void run.goOn(),
      reauthenticationOver: () => void run.promptAgain(),
      endSessions: (id) => void run.endSessions(id),
      copy: (text) => void copyText(text).then((copied) => run.update({ copied })),
      print: (codes) => printCodes(codes, textsIn[languageOf(this)].codes, this.renderRoot),
      save: (saved) => run.update({ saved }),
    };
  }
}

if (!customElements.get("twostep-security"))
  customElements.define("twostep-security", SecurityElement);
