import { html, nothing, type TemplateResult } from "lit";
import { card, opener, type Content } from "./card.ts";
import type { Flow } from "./flow.ts";
import { beginLink, confirmLink } from "./link-telegram.ts";
import { day } from "./moments.ts";
import { qrCode } from "./qr-code.ts";
import { removalForm } from "./removal-form.ts";
import type { Screen } from "./screen.ts";
import { heading, refusal, sessionsEnd, stepForm } from "./step-form.ts";

const link: Flow = { kind: "link", step: "plan" };
const most = 5;

/** The card of Telegram: it lists the linked accounts, links one more, and switches the method on and off. */
export const telegramCard = (screen: Screen): TemplateResult => {
  const { view, texts } = screen;
  const { enabled, accounts } = view.telegram;
  const { title, about } = texts.telegram;
  const text = enabled ? texts.disable : texts.launch;
  const change = enabled ? "off" : "on";
  return card(screen, {
    area: "telegram",
    title,
    about,
    state: enabled ? "on" : "off",
    button: opener(
      screen,
      "open-telegram",
      accounts.length === 0
        ? link
        : { kind: "removal", step: "ask", removal: { area: "telegram", change } },
      text,
      { label: `${text}: ${title}` },
    ),
    body: accounts.length > 0 ? linked(screen) : nothing,
    panel: (flow) => steps(screen, flow),
  });
};

const linked = (screen: Screen): Content => {
  const { texts, view, language } = screen;
  const say = texts.telegram;
  const { accounts } = view.telegram;
  return html`
    <ul class="rows" part="list">
      ${accounts.map(
        ({ id, name, linkedAt, reachable }) =>
          html`<li>
            <div class="what">
              <p class="name">${name}</p>
              <p class="quiet small">${say.linked(day(linkedAt, language))}</p>
            </div>
            ${opener(
              screen,
              `unlink-${id}`,
              {
                kind: "removal",
                step: "ask",
                removal: { area: "telegram", change: "unlink", ids: [id], name },
              },
              say.unlink,
              { look: "link", label: texts.removal.unlink(name) },
            )}
            ${reachable ? nothing : html`<p class="notice caution">${say.unreachable}</p>`}
          </li>`,
      )}
    </ul>
    ${
      accounts.length < most
        ? opener(screen, "link-another", link, say.another, { look: "link" })
        : nothing
    }
  `;
};

const steps = (screen: Screen, flow: Flow): Content => {
  if (flow.kind === "removal") return removalForm(screen, flow.removal);
  if (flow.kind !== "link") return nothing;
  const { texts, actions } = screen;
  const say = texts.telegram;
  const begin = () => actions.perform(beginLink);
  switch (flow.step) {
    case "plan":
      return stepForm(screen, {
        title: say.link,
        body: html`<p>${say.plan}</p>
          ${sessionsEnd(screen)}`,
        submit: texts.proceed,
        onSubmit: begin,
      });
    case "scan":
      return html`<div class="stack">
        ${heading(screen, say.scan)}
        <div class="beside">
          ${qrCode(flow.link.qr, say.qr)}
          <div class="stack">
            <p>${say.scanHow}</p>
            <a class="button primary" href=${flow.link.url} target="_blank" rel="noopener"
              >${say.open}</a
            >
            <p class="quiet waiting" role="status">${say.waiting}</p>
          </div>
        </div>
        ${refusal(screen)}
        <div class="buttons">
          <button type="button" @click=${actions.close}>${texts.cancel}</button>
        </div>
      </div>`;
    case "answered":
      return stepForm(screen, {
        title: say.whoAnswered,
        body: html`<p class="who">${say.answered(flow.name)}</p>
          <p class="quiet">${say.notMe}</p>
          ${sessionsEnd(screen)}`,
        submit: say.itIsMe,
        onSubmit: () => actions.perform(confirmLink(flow.link, flow.name)),
      });
    case "expired":
      return stepForm(screen, {
        title: texts.problems.expired,
        body: nothing,
        submit: texts.startAgain,
        onSubmit: begin,
      });
  }
};
