import { html, nothing, type TemplateResult } from "lit";
import type { SecurityView } from "../client.ts";
import { deviceName } from "./device-name.ts";
import { ago, exactly } from "./moments.ts";
import type { Screen } from "./screen.ts";
import type { Texts } from "./texts/en.ts";

const shownAtOnce = 5;

/** The account's recent activity in words. */
export const activityCard = (screen: Screen): TemplateResult => {
  const { view, texts } = screen;
  const rows = view.recentActivity.map((entry) => row(screen, entry));
  const rest = rows.slice(shownAtOnce);
  return html`
    <section class="card" part="card activity" aria-labelledby="title-activity">
      <h3 id="title-activity">${texts.activity.title}</h3>
      ${rows.length === 0 ? html`<p class="quiet">${texts.activity.none}</p>` : nothing}
      <ul class="rows" part="list">
        ${rows.slice(0, shownAtOnce)}
      </ul>
      ${
        rest.length > 0
          ? html`<details>
            <summary>${texts.activity.all}</summary>
            <ul class="rows" part="list">
              ${rest}
            </ul>
          </details>`
          : nothing
      }
    </section>
  `;
};

type Entry = SecurityView["recentActivity"][number];

const row = ({ texts, language, now }: Screen, { at, ip, device, times, ...what }: Entry) =>
  html`<li>
    <div class="what">
      <p class="name">${eventText(what, texts)}</p>
      <p class="quiet small">
        ${times === undefined ? nothing : texts.activity.times(times)}
        <time datetime=${at}>${ago(at, now, language)}, ${exactly(at, language)}</time> ·
        ${deviceName(device, texts)} · <bdi>${ip}</bdi>
      </p>
    </div>
  </li>`;

/** An event in words. An unknown event of a newer service gets a neutral sentence. A sign-in also names its method. */
export const eventText = (
  { event, method }: Pick<Entry, "event" | "method">,
  { activity, sessions }: Pick<Texts, "activity" | "sessions">,
): string => {
  const said = known(activity.events, event) ?? activity.other;
  const by = event === "signed_in" && known(sessions.by, method);
  return by ? `${said} ${by}` : said;
};

const known = (words: Readonly<Record<string, string>>, name = ""): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;
