import { css } from "lit";

/** The style of headings, buttons, fields and notices in both elements. */
export const controls = css`
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 22px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.012em;
    text-wrap: balance;
  }
  h3 {
    font-size: 17px;
    font-weight: 620;
    line-height: 1.35;
  }
  h2:focus {
    outline: none;
  }
  .quiet {
    color: var(--_quiet);
  }
  .small {
    font-size: 14px;
  }
  .stack {
    display: grid;
    gap: 16px;
  }
  .tight {
    display: grid;
    gap: 4px;
  }

  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 44px;
    padding: 8px 18px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    color: var(--_ink);
    font: 560 15px/1.2 var(--_font);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color 120ms,
      border-color 120ms;
  }
  button:hover:not(:disabled, [aria-disabled="true"]),
  .button:hover {
    border-color: var(--_field-line);
    background: var(--_sunken);
  }
  button.primary,
  .button.primary {
    min-height: var(--_control);
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 16px;
  }
  button.primary:hover:not(:disabled, [aria-disabled="true"]),
  .button.primary:hover {
    background: color-mix(in oklab, var(--_accent), var(--_ink) 14%);
  }
  button.link {
    min-height: 24px;
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  button.link:hover:not(:disabled, [aria-disabled="true"]) {
    background: none;
    text-decoration-thickness: 2px;
  }
  button.danger {
    color: var(--_danger);
  }
  button:disabled,
  button[aria-disabled="true"] {
    color: var(--_quiet);
    cursor: default;
  }
  button.primary:disabled,
  button.primary[aria-disabled="true"] {
    background: var(--_sunken);
    border-color: var(--_line);
  }
  .wide {
    width: 100%;
  }

  label {
    display: block;
    margin-bottom: 6px;
    font-size: 14px;
    font-weight: 560;
  }
  input:not([type="checkbox"], [type="radio"]) {
    width: 100%;
    min-height: var(--_control);
    padding: 10px 14px;
    border: 1px solid var(--_field-line);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  input[aria-invalid="true"] {
    border-color: var(--_danger);
  }
  input[type="checkbox"],
  input[type="radio"] {
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }
  :focus-visible {
    outline: 3px solid color-mix(in oklab, var(--_accent), transparent 35%);
    outline-offset: 2px;
  }

  .notice {
    padding: 12px 14px;
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_sunken);
    font-size: 15px;
    overflow-wrap: anywhere;
  }
  .notice.danger {
    background: var(--_danger-wash);
    color: var(--_danger);
  }
  .notice.caution {
    background: var(--_caution-wash);
    color: var(--_caution);
  }
  .notice.good {
    background: var(--_good-wash);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .notice {
      border: 1px solid;
    }
  }
`;
