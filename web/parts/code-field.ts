import { css, html, nothing, type TemplateResult } from "lit";
import { caretAfter, codeDigits } from "./code-digits.ts";

export type CodeField = {
  /** The input's id. With suffixes it is also the id of the texts below. It must be unique in this shadow root. */
  readonly id: string;
  readonly label: string;
  readonly digits: number;
  /** What is wrong with the code that the person sent; null if nothing is wrong. */
  readonly error?: string | TemplateResult | null;
  /** A text under the field. */
  readonly hint?: string | TemplateResult | null;
  /** Whether the field submits a complete code by itself. Use false where a mistyped code would cost the last guess. */
  readonly submitsItself?: boolean;
};

/**
 * One input for a code of digits, drawn with one slot for each digit. Put it into a form; the input's name is `code`.
 * The form's `submit` handler sends the code: after Enter, after a button, or after the last digit. The field is not
 * controlled: the typed text stays until the person changes it.
 */
export const codeField = ({
  id,
  label,
  digits,
  error = null,
  hint = null,
  submitsItself = true,
}: CodeField): TemplateResult => html`
  <div class="code-field" part="field">
    <label for=${id}>${label}</label>
    <div class="code" data-digits=${digits}>
      <div class="slots" aria-hidden="true">
        ${Array.from({ length: digits }, () => html`<span part="slot"></span>`)}
      </div>
      <input
        id=${id}
        name="code"
        part="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="go"
        aria-invalid=${error === null ? "false" : "true"}
        aria-describedby=${`${id}-error ${id}-hint`}
        @input=${(event: Event) => tidy(event, digits, submitsItself)}
      />
    </div>
    <div id=${`${id}-error`} class="field-error" part="error">${error ?? nothing}</div>
    <div id=${`${id}-hint`} class="field-hint quiet">${hint ?? nothing}</div>
  </div>
`;

/**
 * The code that each field submitted by itself. A field does not submit the same code twice, because the service would
 * record a wrong code as a guess each time.
 */
const sentItself = new WeakMap<HTMLInputElement, string>();

function tidy(event: Event, digits: number, submitsItself: boolean): void {
  const input = event.currentTarget;
  if (!(input instanceof HTMLInputElement)) return;
  const typed = input.value;
  const code = codeDigits(typed, digits);
  if (code !== typed) {
    const caret = caretAfter(typed, input.selectionStart ?? typed.length, digits);
    input.value = code;
    input.setSelectionRange(caret, caret);
  }
  if (!submitsItself || code.length < digits || sentItself.get(input) === code) return;
  sentItself.set(input, code);
  input.form?.requestSubmit();
}

/** Put this style after `controls`. */
export const codeFieldStyle = css`
  .code {
    container-type: inline-size;
    direction: ltr;
    position: relative;
    overflow: clip;
    height: 56px;
  }
  .code[data-digits="4"] {
    --_digits: 4;
  }
  .code[data-digits="6"] {
    --_digits: 6;
  }
  .slots,
  .code input:not([type="checkbox"], [type="radio"]) {
    --_gap: clamp(4px, 2cqi, 8px);
    --_pitch: min(60px, (100cqi + var(--_gap)) / var(--_digits, 6));
  }
  .slots {
    position: absolute;
    inset: 0;
    display: flex;
    gap: var(--_gap);
    pointer-events: none;
  }
  .slots span {
    width: calc(var(--_pitch) - var(--_gap));
    border: 1px solid var(--_field-line);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
  }
  .code:has([aria-invalid="true"]) .slots span {
    border-color: var(--_danger);
  }
  .code:focus-within .slots span {
    border-color: var(--_accent);
    outline: 2px solid color-mix(in oklab, var(--_accent), transparent 55%);
    outline-offset: -2px;
  }
  .code input:not([type="checkbox"], [type="radio"]) {
    position: absolute;
    inset: 0 auto 0 0;
    /* One slot more than there are: a full field must not scroll under its caret. */
    width: calc(var(--_pitch) * (var(--_digits, 6) + 1));
    height: 100%;
    padding: 0 0 0 calc((var(--_pitch) - var(--_gap) - 1ch) / 2);
    border: 0;
    outline: 0;
    background: none;
    font: 600 26px/1 var(--_mono);
    font-variant-numeric: tabular-nums;
    letter-spacing: calc(var(--_pitch) - 1ch);
  }
  .code input::selection {
    background: color-mix(in oklab, var(--_accent), transparent 72%);
    color: inherit;
  }
  .field-error,
  .field-hint {
    margin-top: 8px;
    font-size: 14px;
  }
  .field-error {
    color: var(--_danger);
  }
  .field-error:empty,
  .field-hint:empty {
    display: none;
  }
`;
