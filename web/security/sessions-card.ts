import { html, nothing, type TemplateResult } from "lit";
import type { Sessions } from "../client/views.ts";
import { news } from "./card.ts";
import { deviceName } from "./device-name.ts";
import { ago, exactly } from "./moments.ts";
import type { Screen } from "./screen.ts";
import { refusal } from "./step-form.ts";

/** The card of sessions: every browser that is signed in. */
export const sessionsCard = (screen: Screen): TemplateResult => {
  const { sessions, texts, actions, flow } = screen;
  const say = texts.sessions;
  return html`
    <section class="card" part="card sessions" aria-labelledby="title-sessions">
      <div class="head">
        <h3 id="title-sessions" tabindex="-1">${say.title}</h3>
        ${
          sessions.length > 1
            ? html`<button type="button" class="danger" @click=${() => actions.endSessions()}>
              ${say.endOthers}
            </button>`
            : nothing
        }
      </div>
      ${news(screen, "sessions")} ${flow ? nothing : refusal(screen)}
      <ul class="rows" part="list">
        ${sessions.map((session) => row(screen, session))}
      </ul>
    </section>
  `;
};

const row = ({ texts, actions, language, now }: Screen, session: Sessions[number]) => {
  const say = texts.sessions;
  const device = deviceName(session.device, texts);
  const { id, current, ip, createdAt, lastSeenAt, method } = session;
  return html`<li>
    <div class="what">
      <p class="name">
        ${device} ${current ? html`<span class="pill on">${say.current}</span>` : nothing}
      </p>
      <p class="quiet small">
        <bdi>${ip}</bdi> · ${say.active(ago(lastSeenAt, now, language))} ·
        ${exactly(createdAt, language)}, ${say.by[method]}
      </p>
    </div>
    ${
      current
        ? nothing
        : html`<button
          type="button"
          class="link danger"
          aria-label="${say.end}: ${device}, ${ip}"
          @click=${() => actions.endSessions(id)}
        >
          ${say.end}
        </button>`
    }
  </li>`;
};
