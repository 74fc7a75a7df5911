import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { World } from "../../world.ts";
import type { Actions } from "../actions.ts";
import { callWeather, smsWeather, telegramWeather } from "../weather.ts";
import type { Weather } from "../weather.ts";

/** What goes wrong in the world outside, switched on and off. */
export function weatherView(world: World, isOpen: boolean, act: Actions): TemplateResult {
  const { telegram, phones, services } = world;
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
  const rough = services.length > 0 ? [...troubles, "AWS: faults to come"] : troubles;
  return html`<details class="card weather" ?open=${isOpen}>
    <summary>
      <h2>Outside world</h2>
      <span class="summary-state ${rough.length > 0 ? "rough" : ""}">
        ${rough.length > 0 ? rough.join(" · ") : "all is well"}
      </span>
    </summary>
    <div class="fronts">
      ${all.map(front)} ${services.length > 0 ? servicesFront(services, act) : nothing}
    </div>
  </details>`;
}

/** Faults of the AWS services are planned by scripts; here they are seen and called off. */
function servicesFront(services: World["services"], act: Actions): TemplateResult {
  return html`<fieldset>
    <legend>AWS services</legend>
    <div class="chips">
      ${services.map(
        ({ service, action, mode, times }) =>
          html`<span class="chip-note">
            ${service}${action === undefined ? "" : ` ${action}`}: ${mode}, ${times} to come
          </span>`,
      )}
      <button type="button" class="pill" @click=${() => act.clearServiceFaults()}>
        Call them off
      </button>
    </div>
  </fieldset>`;
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
