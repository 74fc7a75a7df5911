import { html, nothing, type TemplateResult } from "lit";
import { areaOf, type Area, type Flow } from "./flow.ts";
import { reauthentication } from "./reauthentication.ts";
import type { Screen } from "./screen.ts";

export type Content = TemplateResult | string | typeof nothing;

type Card = {
  readonly area: Area;
  readonly title: string;
  readonly about: string;
  readonly state: "on" | "off" | "inactive" | "none";
  readonly button: Content;
  readonly body?: Content;
  /** Draws the flow of this area while it is open. */
  readonly panel: (flow: Flow) => Content;
};

/** The card of one method: its title, its state, its one button, and its open flow. */
export const card = (screen: Screen, given: Card): TemplateResult => html`
  <section class="card" part="card ${given.area}" aria-labelledby="title-${given.area}">
    <div class="head">
      <div class="what">
        <h3 id="title-${given.area}" tabindex="-1">${given.title} ${pill(screen, given.state)}</h3>
        <p class="quiet">${given.about}</p>
      </div>
      ${given.button}
    </div>
    ${given.body ?? nothing} ${news(screen, given.area)} ${panel(screen, given.area, given.panel)}
  </section>
`;

const pill = ({ texts }: Screen, state: Card["state"]) => {
  switch (state) {
    case "on":
      return html`<span class="pill on" part="state">${texts.stateOn}</span>`;
    case "off":
      return html`<span class="pill" part="state">${texts.stateOff}</span>`;
    case "inactive":
      return html`<span class="pill" part="state">${texts.stateInactive}</span>`;
    case "none":
      return nothing;
  }
};

/** The element is always there, so that a screen reader reads out a text that appears in it. */
export const news = ({ news }: Screen, area: Area): TemplateResult =>
  html`<div role="status">${news?.area === area ? html`<p class="notice good">${news.text}</p>` : nothing}</div>`;

/** The flow of an area. A reauthentication, if the service requires one, stands in front of it. */
export const panel = (screen: Screen, area: Area, draw: (flow: Flow) => Content): Content => {
  const { flow, reauth, actions } = screen;
  if (!flow || areaOf(flow) !== area) return nothing;
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    actions.close();
  };
  return html`<div class="panel" part="panel" @keydown=${leave}>
    <div ?hidden=${reauth !== undefined}>${draw(flow)}</div>
    ${reauth ? reauthentication(screen, reauth) : nothing}
  </div>`;
};

/** A button that opens a flow and closes it again. */
export const opener = (
  { actions, opener }: Screen,
  id: string,
  flow: Flow,
  text: string,
  { label = text, look = "" }: { readonly label?: string; readonly look?: string } = {},
): TemplateResult => html`
  <button
    id=${id}
    type="button"
    class=${look}
    part="button"
    aria-label=${label}
    aria-expanded=${opener === id ? "true" : "false"}
    @click=${() => (opener === id ? actions.close() : actions.open(flow, id))}
  >
    ${text}
  </button>
`;
