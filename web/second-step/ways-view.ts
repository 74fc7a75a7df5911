import { html, nothing, type TemplateResult } from "lit";
import type { Method } from "./methods.ts";
import type { Scene } from "./scene.ts";

/** The other methods. They are always visible. */
export const waysView = (
  { texts, run }: Scene,
  others: readonly Method[],
): TemplateResult | typeof nothing =>
  others.length === 0
    ? nothing
    : html`<section class="ways" part="ways" aria-labelledby="ways">
        <h3 id="ways" class="quiet">${texts.otherWays}</h3>
        ${others.map(
          (method) =>
            html`<button type="button" part="way" data-method=${method} @click=${() => run.choose(method)}>
              ${texts.ways[method]}
            </button>`,
        )}
      </section>`;
