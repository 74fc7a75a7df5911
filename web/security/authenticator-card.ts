import { html, nothing, type TemplateResult } from "lit";
import { codeField } from "../parts/code-field.ts";
import { card, type Content } from "./card.ts";
import { confirmTotp, enrolTotp } from "./enrol-totp.ts";
import { factorButton, factorList } from "./factor-list.ts";
import type { Flow, TotpEnrolment } from "./flow.ts";
import { ago, day } from "./moments.ts";
import { qrCode } from "./qr-code.ts";
import { removalForm } from "./removal-form.ts";
import type { Screen } from "./screen.ts";
import { field, fieldError, sessionsEnd, stepForm } from "./step-form.ts";

const launch: Flow = { kind: "totp", step: "name" };

/** The card of authenticator apps: it lists them and adds one. */
export const authenticatorCard = (screen: Screen): TemplateResult => {
  const { texts, view, language, now } = screen;
  const say = texts.totp;
  const apps = view.authenticators.map(({ id, name, enabledAt, lastUsedAt }) => ({
    id,
    name,
    about: [
      say.added(day(enabledAt, language)),
      ...(lastUsedAt === null ? [] : [say.used(ago(lastUsedAt, now, language))]),
    ].join(" · "),
  }));
  return card(screen, {
    area: "totp",
    title: say.title,
    about: say.about,
    state: apps.length > 0 ? "on" : "off",
    button: factorButton(
      screen,
      "totp",
      apps.map(({ id }) => id),
      launch,
    ),
    body:
      apps.length > 0
        ? factorList(screen, "totp", apps, { text: say.another, flow: launch })
        : nothing,
    panel: (flow) => steps(screen, flow),
  });
};

const steps = (screen: Screen, flow: Flow): Content => {
  if (flow.kind === "removal") return removalForm(screen, flow.removal);
  if (flow.kind !== "totp") return nothing;
  const { texts, actions } = screen;
  const say = texts.totp;
  switch (flow.step) {
    case "name":
      return stepForm(screen, {
        title: say.launch,
        body: html`${sessionsEnd(screen)}
        ${field(screen, {
          name: "device",
          label: say.name,
          type: "text",
          autocomplete: "off",
        })}`,
        submit: texts.proceed,
        onSubmit: (value) => actions.perform(enrolTotp(value("device").trim() || say.unnamed)),
      });
    case "scan":
      return stepForm(screen, {
        title: say.scan,
        body: scan(screen, flow.enrolment),
        submit: texts.confirm,
        onSubmit: (value) => actions.perform(confirmTotp(flow.enrolment, value("code"))),
      });
    case "expired":
      return stepForm(screen, {
        title: texts.problems.expired,
        body: nothing,
        submit: texts.startAgain,
        onSubmit: () => actions.perform(enrolTotp(say.unnamed)),
      });
  }
};

const scan = (screen: Screen, { qr, uri, secret }: TotpEnrolment): Content => {
  const { texts, actions, copied } = screen;
  const say = texts.totp;
  return html`
    <div class="beside">
      ${qrCode(qr, say.qr)}
      <div class="stack">
        <a class="button on-phone" href=${uri}>${say.openApp}</a>
        <div class="tight">
          <p>${say.key}</p>
          <code class="key" part="key">${secret.match(/.{1,4}/g)?.join(" ")}</code>
          <div class="buttons">
            <button type="button" class="link" @click=${() => actions.copy(secret)}>
              ${texts.copy}
            </button>
            ${copyState(screen, copied)}
          </div>
        </div>
      </div>
    </div>
    <ul class="advice quiet small">
      ${say.advice.map((one) => html`<li>${one}</li>`)}
    </ul>
    ${codeField({
      id: "totp-code",
      label: say.code,
      digits: 6,
      error: fieldError(screen),
      submitsItself: false,
    })}
  `;
};

export const copyState = ({ texts }: Screen, copied: boolean | undefined): Content =>
  html`<span class="quiet small" role="status"
    >${copied === undefined ? nothing : copied ? texts.copied : texts.notCopied}</span
  >`;
