import { css } from "lit";

/** The layout of the tab. Tokens and controls have styles of their own. */
export const styles = css`
  :host {
    container-type: inline-size;
  }
  [hidden] {
    display: none !important;
  }
  .all,
  .summary,
  .card,
  .panel .stack {
    grid-template-columns: minmax(0, 1fr);
  }
  .all {
    display: grid;
    gap: 16px;
  }
  .summary {
    display: grid;
    gap: 16px;
    padding-block-end: 8px;
  }
  h2 {
    display: flex;
    align-items: first baseline;
    gap: 10px;
  }
  h2::before {
    content: "";
    flex: none;
    width: 12px;
    height: 12px;
    border: 3px solid var(--_caution);
    border-radius: 50%;
  }
  h2.on::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  h3:focus,
  h4:focus {
    outline: none;
  }
  h4 {
    margin: 0;
    font-size: 18px;
    font-weight: 620;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .card {
    display: grid;
    gap: 14px;
    padding: 20px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 4px);
    background: var(--_surface);
  }
  .card > :empty,
  .summary > :empty {
    display: none;
  }
  .head,
  .rows > li {
    display: flex;
    align-items: start;
    gap: 8px 16px;
  }
  .what {
    flex: 1;
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  .head > h3 {
    flex: 1;
  }
  .head > button {
    flex: none;
    min-width: 112px;
  }
  .pill {
    display: inline-block;
    padding: 1px 9px;
    border-radius: 99px;
    background: var(--_sunken);
    color: var(--_quiet);
    font-size: 13px;
    font-weight: 560;
    vertical-align: 2px;
    white-space: nowrap;
  }
  .pill.on {
    background: var(--_good-wash);
    color: var(--_accent);
  }
  .name {
    font-weight: 560;
    overflow-wrap: anywhere;
  }
  .rows > li {
    align-items: center;
    padding-block: 10px;
    border-block-start: 1px solid var(--_line);
  }
  .rows > li {
    flex-wrap: wrap;
  }
  .rows .notice {
    flex: 0 0 100%;
  }
  .card > button.link {
    justify-self: start;
  }
  .known {
    display: grid;
    justify-items: start;
    gap: 10px;
  }
  ul.notice li + li {
    margin-block-start: 6px;
  }
  .panel {
    padding: 20px;
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  .panel form,
  .panel :is(.stack, .tight) {
    justify-items: start;
  }
  .panel .notice,
  .panel form > [part="field"],
  .panel .code-field {
    width: 100%;
  }
  .panel input:not([type="checkbox"]) {
    max-width: 420px;
  }
  button.link[aria-disabled="true"] {
    text-decoration: none;
  }
  .who {
    font-size: 18px;
    overflow-wrap: anywhere;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px;
  }
  button.destructive {
    background: var(--_danger);
    color: var(--_surface);
  }
  button.destructive:hover:not([aria-disabled="true"]) {
    background: color-mix(in oklab, var(--_danger), var(--_ink) 14%);
  }
  .beside {
    display: flex;
    align-items: start;
    gap: 20px;
  }
  .qr {
    flex: none;
    display: block;
    width: 192px;
    height: 192px;
    padding: 6px;
    border-radius: calc(var(--_radius) - 2px);
    background: #fff;
  }
  .key {
    font: 500 17px/1.5 var(--_mono);
    direction: ltr;
    letter-spacing: 0.02em;
    overflow-wrap: break-word;
    user-select: all;
  }
  .advice {
    display: grid;
    gap: 6px;
    padding-inline-start: 18px;
    list-style: disc;
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
  input.digits:not([type="checkbox"]) {
    max-width: 200px;
    font: 600 22px/1 var(--_mono);
    letter-spacing: 0.14em;
  }
  .codes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
    gap: 6px 24px;
    width: 100%;
    max-width: 400px;
    padding: 16px 20px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    font: 500 18px/1.5 var(--_mono);
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    margin: 0;
    font-size: 16px;
    cursor: pointer;
  }
  summary {
    min-height: 24px;
    color: var(--_accent);
    font-weight: 560;
    cursor: pointer;
  }
  .on-phone {
    display: none;
  }
  @media (pointer: coarse) {
    .on-phone {
      display: inline-flex;
    }
  }
  @container (max-width: 520px) {
    .head {
      flex-wrap: wrap;
    }
    .head > button,
    .panel .buttons,
    .panel :is(.buttons > :is(button:not(.link), .button), .button) {
      width: 100%;
    }
    .head > .what {
      flex-basis: 100%;
    }
    .card,
    .panel {
      padding: 16px;
    }
    .beside {
      flex-direction: column;
    }
  }
`;
