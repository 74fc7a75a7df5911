import { html, nothing, type TemplateResult } from "lit";
import type { Challenge } from "../client.ts";
import { codeField } from "../parts/code-field.ts";
import { duration } from "../parts/duration.ts";
import { codeForm } from "./code-form.ts";
import { isPhoneCode, phoneViewOf, type Next, type PhoneView } from "./phone-state.ts";
import { phoneWords } from "./phone-words.ts";
import { saidView } from "./said-view.ts";
import { saidOf, type Scene } from "./scene.ts";

type Phone = NonNullable<Challenge["methods"]["phone"]>;

/** The view of a call or an SMS: the person picks a number, then types the code. */
export function phoneView(scene: Scene, phone: Phone): TemplateResult {
  const view = phoneViewOf(phone, scene.state, scene.now);
  switch (view.kind) {
    case "pick":
      return pickView(scene, view);
    case "sent":
      return sentView(scene, view);
    case "nothing":
      return html`
        <h2 part="title" tabindex="-1">${scene.texts.phone.title}</h2>
        <p class="notice caution">${scene.texts.phone.noWayLeft}</p>
      `;
  }
}

function pickView(scene: Scene, view: Extract<PhoneView, { kind: "pick" }>): TemplateResult {
  const { state, texts, run } = scene;
  const { numbers, picked, next } = view;
  const waits = next.inSeconds > 0 || state.busy;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!waits) run.requestCall(picked);
  };
  return html`
    <h2 part="title" tabindex="-1">${texts.phone.title}</h2>
    ${next.via === "call" ? html`<p>${texts.phone.lead}</p>` : nothing}
    <form class="stack" @submit=${submit}>
      <fieldset class="numbers">
        <legend>${texts.phone.numbers}</legend>
        ${numbers.map(
          ({ id, masked }) => html`<label class="choice">
            <input
              type="radio"
              name="number"
              value=${id}
              .checked=${id === picked}
              @change=${() => run.change({ numberId: id })}
            />
            <bdi>${masked}</bdi>
          </label>`,
        )}
      </fieldset>
      <div>
        <button class="primary wide" part="primary" type="submit" aria-disabled=${waits}>
          ${next.inSeconds > 0 ? nextIn(scene, next, true) : next.via === "call" ? texts.phone.call : texts.phone.sms}
        </button>
        ${errorView(scene)}
      </div>
    </form>
  `;
}

function sentView(scene: Scene, view: Extract<PhoneView, { kind: "sent" }>): TemplateResult {
  const { texts, state, run } = scene;
  const { sent, masked, next } = view;
  const { digits, via } = sent;
  const called = via === "call";
  const { title, lead } = phoneWords(sent, masked, texts);
  return html`
    <h2 part="title" tabindex="-1">${title}</h2>
    ${lead === null ? nothing : html`<p>${lead}</p>`}
    ${codeForm(scene, "phone", digits, isPhoneCode(digits), (error) =>
      codeField({
        id: "phone",
        label: called ? texts.phone.callLabel : texts.phone.smsLabel,
        digits,
        error,
        hint: called && sent.state !== "failed" ? texts.phone.silenced : null,
        submitsItself: state.challenge.attemptsLeft > 1,
      }),
    )}
    ${
      next
        ? html`<div class="row">
          ${nextButton(scene, sent.numberId, next)}
          ${
            view.hasOthers
              ? html`<button type="button" class="link" part="link" @click=${() => run.change({ pickingNumber: true, said: undefined })}>
                ${texts.phone.otherNumber}
              </button>`
              : nothing
          }
        </div>`
        : html`<p class="notice">${texts.phone.noWayLeft}</p>`
    }
  `;
}

const nextButton = (scene: Scene, numberId: string, next: Next) => {
  const waits = next.inSeconds > 0 || scene.state.busy;
  return html`<button
    type="button"
    part="button"
    aria-disabled=${waits}
    @click=${() => waits || scene.run.requestCall(numberId)}
  >
    ${nextIn(scene, next, false)}
  </button>`;
};

/** "Call again", "SMS instead in 12 sec": the button names the next attempt before the person may ask for it. */
const nextIn = (scene: Scene, { via, inSeconds }: Next, picking: boolean): string => {
  const { phone } = scene.texts;
  const time = duration(inSeconds, scene.language);
  if (picking) return phone.wait(time);
  const sent = scene.state.challenge.methods.phone?.sent?.via;
  if (via === "call") return inSeconds > 0 ? phone.callAgainIn(time) : phone.callAgain;
  if (sent === "sms") return inSeconds > 0 ? phone.smsAgainIn(time) : phone.smsAgain;
  return inSeconds > 0 ? phone.smsInsteadIn(time) : phone.smsInstead;
};

const errorView = (scene: Scene) =>
  html`<div class="field-error" part="error">
    ${saidView(saidOf(scene, "phone"), "phone", scene, 4) ?? nothing}
  </div>`;
