import { html, type TemplateResult } from "lit";

/**
 * A QR code of the service. The page shows it as an image, so that its SVG can neither run nor load anything. It has a
 * white border, so that a phone can read it in the dark theme.
 */
export const qrCode = (svg: string, alt: string): TemplateResult =>
  html`<img
    class="qr"
    part="qr"
    src="data:image/svg+xml,${encodeURIComponent(svg)}"
    alt=${alt}
    width="192"
    height="192"
  />`;
