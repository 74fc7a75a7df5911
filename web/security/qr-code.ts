import { html, type TemplateResult } from "lit";

/** A QR code of the service. As an image its SVG can run and load nothing; white around it, so that it reads in the dark. */
export const qrCode = (svg: string, alt: string): TemplateResult =>
  html`<img
    class="qr"
    part="qr"
    src="data:image/svg+xml,${encodeURIComponent(svg)}"
    alt=${alt}
    width="192"
    height="192"
  />`;
