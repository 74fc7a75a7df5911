import { css } from "lit";

/** Put this style after `controls` and `codeFieldStyle`. */
export const secondStepStyle = css`
  .step {
    display: grid;
    gap: 24px;
  }
  /* A mail has no spaces, and may be longer than a phone is wide. */
  .mail {
    display: inline-block;
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  .whose {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 12px;
  }
  .whose button {
    font-size: inherit;
  }
  .live {
    padding: 10px 14px;
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_caution-wash);
    color: var(--_caution);
    font-size: 15px;
  }
  .live[data-connection="back"] {
    background: var(--_good-wash);
    color: inherit;
  }
  /* An empty live region stays in the page, and takes no room in its grid. */
  .live:empty {
    position: absolute;
    padding: 0;
  }
  .number {
    padding: 18px;
    border-radius: var(--_radius);
    background: var(--_good-wash);
    color: var(--_accent);
    font: 650 64px/1.1 var(--_font);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
    text-align: center;
  }
  .asked {
    display: grid;
    gap: 8px;
    font-size: 15px;
  }
  .asked li {
    position: relative;
    padding-inline-start: 22px;
    overflow-wrap: anywhere;
  }
  .asked li::before {
    content: "";
    position: absolute;
    inset-block-start: 7px;
    inset-inline-start: 2px;
    width: 10px;
    height: 10px;
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .asked [data-state="asked"]::before {
    background: var(--_accent);
  }
  .asked [data-state="asking"]::before {
    animation: wait 1.4s ease-in-out infinite alternate;
  }
  .asked [data-state="unreachable"] {
    color: var(--_caution);
  }
  .asked [data-state="unreachable"]::before {
    border-color: var(--_caution);
    border-radius: 2px;
  }
  @keyframes wait {
    to {
      opacity: 0.25;
    }
  }
  .recovery:not([type="checkbox"], [type="radio"]) {
    font-family: var(--_mono);
    font-size: 20px;
    letter-spacing: 0.06em;
  }
  fieldset {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  legend {
    margin-bottom: 6px;
    padding: 0;
    font-size: 14px;
    font-weight: 560;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: var(--_control);
    margin: 0;
    padding: 8px 14px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) - 2px);
    font-size: 16px;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--_accent);
    background: var(--_good-wash);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 20px;
  }
  .ways {
    display: grid;
    gap: 8px;
    padding-block-start: 20px;
    border-block-start: 1px solid var(--_line);
  }
  .ways h3 {
    font-size: 14px;
    font-weight: 560;
  }
  .ways button {
    justify-content: space-between;
    min-height: var(--_control);
    padding: 8px 14px;
    font-weight: 500;
    text-align: start;
  }
  .ways button::after {
    content: "";
    flex: none;
    width: 8px;
    height: 8px;
    border: solid var(--_quiet);
    border-width: 2px 2px 0 0;
    rotate: 45deg;
  }
  .ways button:dir(rtl)::after {
    rotate: -135deg;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
  }
`;
