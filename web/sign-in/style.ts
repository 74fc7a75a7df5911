import { css } from "lit";

/** Put this style after `controls`. */
export const signInStyle = css`
  :host {
    max-width: 400px;
  }
  .all {
    display: grid;
    gap: 24px;
  }
  /* A mail has no spaces, and may be longer than a phone is wide. */
  .mail {
    display: inline-block;
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  /* An empty live region stays in the page, and takes no room in its grid. */
  .live:empty {
    position: absolute;
    padding: 0;
  }
  .password {
    position: relative;
  }
  .password input:not([type="checkbox"], [type="radio"]) {
    padding-inline-end: 104px;
  }
  .password button {
    position: absolute;
    inset-block: 6px;
    inset-inline-end: 14px;
    min-height: 36px;
    font-size: 14px;
  }
`;
