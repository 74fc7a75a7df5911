import { svg } from "lit";
import type { SVGTemplateResult } from "lit";

const icon = (paths: SVGTemplateResult): SVGTemplateResult => svg`
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** Drawn here, so that the page needs nothing from elsewhere. */
export const icons = {
  telegram: icon(svg`<path d="M21 4 3 11.2l5.6 2.1L19 6.5l-8 8.2v5l3-3.4 4 3z" />`),
  calls: icon(
    svg`<path d="M6 3h3l1.6 4.4-2 1.6a12 12 0 0 0 6.4 6.4l1.6-2L21 15v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z" />`,
  ),
  sms: icon(svg`<path d="M4 5h16v11H11l-5 4v-4H4z" /><path d="M8 9h8M8 12.5h5" />`),
  codes: icon(
    svg`<path d="M12 2.8 4.5 6v5.2c0 4.6 3.1 8.2 7.5 10 4.4-1.8 7.5-5.4 7.5-10V6z" /><path d="M12 8v4l2.5 2" />`,
  ),
  settings: icon(
    svg`<path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="12" r="2" /><circle cx="13" cy="17" r="2" />`,
  ),
  send: icon(svg`<path d="M4 12 3 4l18 8-18 8 1-8zm0 0h8" />`),
  copy: icon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5" /><path d="M15.5 8.5V6A2 2 0 0 0 13.5 4H6a2 2 0 0 0-2 2v7.500a2 2 0 0 0 2 2h2.500" />`,
  ),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18" />`),
  plus: icon(svg`<path d="M12 5v14M5 12h14" />`),
};
