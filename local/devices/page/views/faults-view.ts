import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { World } from "../../world/world.ts";
import type { Actions } from "../actions/actions.ts";
import { callFaults, smsFaults, telegramFaults } from "../actions/fault-switches.ts";
import type { FaultSwitch } from "../actions/fault-switches.ts";

/** Switches the faults of the world outside on and off. */
export function faultsView(world: World, isOpen: boolean, act: Actions): TemplateResult {
  const { telegram, phones, services } = world;
  const all = [
    callFaults(phones.calls, act.planPhones),
    smsFaults(phones.sms, act.planPhones),
    ...(telegram.kind === "fake" ? [telegramFaults(telegram.faults, act.planTelegram)] : []),
  ];
  const troubles = all.flatMap(({ title, choices, chosen }) =>
    chosen === "ok"
      ? []
      : [`${title}: ${choices.find(({ id }) => id === chosen)?.label ?? chosen}`],
  );
  const faulty = services.length > 0 ? [...troubles, "AWS: faults to come"] : troubles;
  return html`<details class="card faults" ?open=${isOpen}>
    <summary>
      <h2>Outside world</h2>
      <span class="summary-state ${faulty.length > 0 ? "faulty" : ""}">
        ${faulty.length > 0 ? faulty.join(" · ") : "all is well"}
      </span>
    </summary>
    <div class="switches">
      ${all.map(faultSwitch)} ${services.length > 0 ? serviceFaults(services, act) : nothing}
    </div>
  </details>`;
}

/** Scripts plan the faults of the AWS services. This view shows them and can call them off. */
function serviceFaults(services: World["services"], act: Actions): TemplateResult {
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

function faultSwitch({ name, title, choices, chosen }: FaultSwitch): TemplateResult {
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
