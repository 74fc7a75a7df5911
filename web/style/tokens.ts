import { css } from "lit";

/**
 * The colours, fonts and sizes of the elements. A host can set any `--twostep-*` property on the element or above it.
 * The host's `color-scheme` decides between light and dark.
 */
export const tokens = css`
  :host {
    --_font: var(--twostep-font, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    --_mono: var(--twostep-font-mono, ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace);
    --_accent: var(--twostep-accent, light-dark(#0b5c4b, #6fd3b5));
    --_on-accent: var(--twostep-on-accent, light-dark(#ffffff, #06231c));
    --_surface: var(--twostep-surface, light-dark(#ffffff, #171c20));
    --_sunken: var(--twostep-sunken, light-dark(#f3f5f2, #10151a));
    --_ink: var(--twostep-ink, light-dark(#14201d, #e9efec));
    --_quiet: var(--twostep-quiet, light-dark(#52605b, #a3b1ab));
    --_line: var(--twostep-line, light-dark(#d5dcd8, #323b40));
    --_field-line: var(--twostep-field-line, light-dark(#7c8a84, #7d8b86));
    --_danger: var(--twostep-danger, light-dark(#a8231b, #ff9d93));
    --_danger-wash: var(--twostep-danger-wash, light-dark(#fdf0ee, #321a18));
    --_caution: var(--twostep-caution, light-dark(#7a4a00, #f1bf6b));
    --_caution-wash: var(--twostep-caution-wash, light-dark(#fdf5e4, #2e2412));
    --_good-wash: var(--twostep-good-wash, light-dark(#e8f4ef, #14291f));
    --_radius: var(--twostep-radius, 12px);
    --_control: 48px;

    display: block;
    color: var(--_ink);
    font: 400 16px/1.5 var(--_font);
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
`;
