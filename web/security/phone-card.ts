import { html, nothing, type TemplateResult } from "lit";
import type { Enrolment } from "../client.ts";
import { secondsUntil } from "../client/server-clock.ts";
import { card, type Content } from "./card.ts";
import { addPhone, callAgain, confirmPhone } from "./confirm-phone.ts";
import { factorButton, factorList } from "./factor-list.ts";
import type { Flow } from "./flow.ts";
import { countdown, day } from "./moments.ts";
import { removalForm } from "./removal-form.ts";
import type { Screen } from "./screen.ts";
import { field, sessionsEnd, stepForm } from "./step-form.ts";

const launch: Flow = { kind: "phone", step: "number" };

/** The card of phone numbers. They work only beside Telegram or an authenticator, and the card says so. */
export const phoneCard = (screen: Screen): TemplateResult => {
  const { texts, view, language } = screen;
  const say = texts.phone;
  const { active, numbers } = view.phones;
  const rows = numbers.map(({ id, masked, confirmedAt }) => ({
    id,
    name: unbroken(masked),
    about: say.confirmed(day(confirmedAt, language)),
  }));
  return card(screen, {
    area: "phone",
    title: say.title,
    about: say.about,
    state: numbers.length === 0 ? "off" : active ? "on" : "inactive",
    button:
      active || numbers.length > 0
        ? factorButton(
            screen,
            "phone",
            numbers.map(({ id }) => id),
            launch,
          )
        : html`<button
            type="button"
            aria-disabled="true"
            aria-label="${texts.launch}: ${say.title}"
            aria-describedby="phone-needs"
          >
            ${texts.launch}
          </button>`,
    body: html`
      ${
        active
          ? nothing
          : html`<p id="phone-needs" class="notice small">
            ${numbers.length > 0 ? say.inactive : say.needs}
          </p>`
      }
      ${
        numbers.length > 0
          ? factorList(
              screen,
              "phone",
              rows,
              active ? { text: say.another, flow: launch } : undefined,
            )
          : nothing
      }
    `,
    panel: (flow) => steps(screen, flow),
  });
};

const steps = (screen: Screen, flow: Flow): Content => {
  if (flow.kind === "removal") return removalForm(screen, flow.removal);
  if (flow.kind !== "phone") return nothing;
  const { texts, actions } = screen;
  const say = texts.phone;
  switch (flow.step) {
    case "number":
      return stepForm(screen, {
        title: say.launch,
        body: html`${sessionsEnd(screen)}
        ${field(screen, {
          name: "number",
          label: say.number,
          hint: say.numberHint,
          type: "tel",
          autocomplete: "tel",
        })}`,
        submit: say.call,
        onSubmit: (value) => actions.perform(addPhone(value("number").trim())),
      });
    case "code":
      return stepForm(screen, {
        title: (flow.enrolment.sent?.via === "sms" ? say.texting : say.calling)(
          unbroken(flow.enrolment.masked),
        ),
        body: html`<p>${flow.enrolment.sent?.via === "sms" ? say.typeSms : say.doNotAnswer}</p>
          ${field(screen, {
            name: "phone-code",
            label: say.code,
            type: "text",
            autocomplete: "one-time-code",
            numeric: true,
          })}
          ${again(screen, flow.enrolment)}`,
        submit: texts.confirm,
        onSubmit: (value) => actions.perform(confirmPhone(flow.enrolment, value("phone-code"))),
      });
    case "expired":
      return stepForm(screen, {
        title: texts.problems.expired,
        body: nothing,
        submit: texts.startAgain,
        onSubmit: () => actions.open(launch, "open-phone"),
      });
  }
};

/** Keeps a number on one line. */
const unbroken = (masked: string) => masked.replaceAll(" ", "\u00a0");

/** The button for the next attempt of the fallback, with its wait. */
const again = (screen: Screen, enrolment: Enrolment): Content => {
  const { texts, actions, now, busy } = screen;
  const say = texts.phone;
  const next = enrolment.sent?.next;
  if (!next) return html`<p class="quiet small">${say.noWayLeft}</p>`;
  const wait = secondsUntil(next.availableAt, now);
  const action = next.via === "sms" ? say.sendSms : say.callAgain;
  const ask = () => {
    if (wait === 0 && !busy) actions.perform(callAgain(enrolment, now));
  };
  return html`<div class="tight">
    <button type="button" class="link" aria-disabled=${wait > 0} @click=${ask}>
      ${wait > 0 ? say.after(action, countdown(wait)) : action}
    </button>
    ${next.via === "call" ? html`<p class="quiet small">${say.smsLater}</p>` : nothing}
  </div>`;
};
