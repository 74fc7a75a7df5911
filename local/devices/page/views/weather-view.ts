import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { World } from "../../world.ts";
import type { Actions } from "../actions.ts";
import { callWeather, smsWeather, telegramWeather } from "../weather.ts";
import type { Weather } from "../weather.ts";

/** What goes wrong in the world outside, switched on and off. */
export function weatherView(world: World, isOpen: boolean, act: Actions): TemplateResult {
  const { telegram, phones } = world;
  const all = [
    callWeather(phones.calls, act.planPhones),
    smsWeather(phones.sms, act.planPhones),
    ...(telegram.kind === "stand_in" ? [telegramWeather(telegram.faults, act.planTelegram)] : []),
  ];
  const troubles = all.flatMap(({ title, choices, chosen }) =>
    chosen === "ok"
      ? []
      : [`${title}: ${choices.find(({ id }) => id === chosen)?.label ?? chosen}`],
  );
  return html`<details class="card weather" ?open=${isOpen}>
    <summary>
      <h2>Outside world</h2>
      <span class="summary-state ${troubles.length > 0 ? "rough" : ""}">
        ${troubles.length > 0 ? troubles.join(" · ") : "all is well"}
      </span>
    </summary>
    <div class="fronts">${all.map(front)}</div>
  </details>`;
}

function front({ name, title, choices, chosen }: Weather): TemplateResult {
  return html`<fieldset>
    <legend>${title}</legend>
    <div class="chips">
      ${choices.map(
        ({ id, label, choose }) =>
          html`<label class="chip">
            <input
              type="radio"
              name=${name}
              value=${id}
              .checked=${live(id === chosen)}
              @change=${choose}
            />
            <span>${label}</span>
          </label>`,
      )}
      ${
        choices.some(({ id }) => id === chosen)
          ? nothing
          : html`<span class="chip-note">${chosen}, planned elsewhere</span>`
      }
    </div>
  </fieldset>`;
}
