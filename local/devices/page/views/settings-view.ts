import { html } from "lit";
import type { TemplateResult } from "lit";
import type { ShownPerson } from "../../world/world.ts";
import type { Actions } from "../actions/actions.ts";
import { isPhoneLanguage, languages, readNumber, writeNumber } from "../state/phone.ts";
import type { Phone, PhoneLanguage } from "../state/phone.ts";
import { submitted } from "./submitted.ts";

/** The phone's owner, number and language. */
export function settingsView(
  phone: Phone,
  person: ShownPerson | undefined,
  act: Actions,
): TemplateResult {
  const { id, owner, language, number } = phone;
  const save = async (event: SubmitEvent): Promise<void> => {
    const { read } = submitted(event);
    const wanted = readNumber(read("number"));
    if (wanted === undefined) {
      act.flash(phone, "A number looks like +380 50 123 45 42");
      return;
    }
    act.change(phone, { number: wanted });
    const name = read("owner") || owner;
    await act.rename(phone, { owner: name, language: languageOf(read("language")) });
    act.flash(phone, "Saved");
  };
  return html`
    <h3 class="app-title">Settings</h3>
    <div class="feed" tabindex="0" aria-label="Settings of ${owner}’s phone">
      <form class="form" @submit=${save}>
        <div>
          <label for="owner-${id}">Owner</label>
          <input id="owner-${id}" name="owner" maxlength="40" autocomplete="off" .value=${owner} />
        </div>
        <div>
          <label for="number-${id}">Phone number</label>
          <input
            id="number-${id}"
            name="number"
            type="tel"
            autocomplete="off"
            .value=${writeNumber(number)}
          />
        </div>
        <div>
          <label for="language-${id}">Language of Telegram</label>
          <select id="language-${id}" name="language">
            ${Object.entries(languages).map(
              ([tag, name]) =>
                html`<option value=${tag} ?selected=${tag === language}>${name}</option>`,
            )}
          </select>
        </div>
        <button type="submit" class="pill accent">Save</button>
      </form>
      <div class="form apart">
        <button
          type="button"
          class="pill"
          aria-pressed=${person?.blocked ?? false}
          ?disabled=${!person}
          @click=${() => act.block(phone, !person?.blocked)}
        >
          ${person?.blocked ? "Unblock the bot" : "Block the bot"}
        </button>
        <button type="button" class="pill danger" @click=${() => act.removePhone(phone)}>
          Put this phone away
        </button>
      </div>
    </div>
  `;
}

const languageOf = (value: string): PhoneLanguage => (isPhoneLanguage(value) ? value : "en");
