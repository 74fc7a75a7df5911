import { html, nothing, type TemplateResult } from "lit";
import type { SecurityView } from "../client.ts";
import { deviceName } from "./device-name.ts";
import { ago, exactly } from "./moments.ts";
import type { Screen } from "./screen.ts";
import type { Texts } from "./texts/en.ts";

const shownAtOnce = 5;

/** What happened to the account lately, in words. */
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

const row = ({ texts, language, now }: Screen, { at, event, ip, device, times }: Entry) =>
  html`<li>
    <div class="what">
      <p class="name">${eventText(event, texts)}</p>
      <p class="quiet small">
        ${times === undefined ? nothing : texts.activity.times(times)}
        <time datetime=${at}>${ago(at, now, language)}, ${exactly(at, language)}</time> ·
        ${deviceName(device, texts)} · <bdi>${ip}</bdi>
      </p>
    </div>
  </li>`;

/** An event in words; one that a newer service made up gets a neutral sentence. */
export const eventText = (event: string, { activity }: Pick<Texts, "activity">): string => {
  const known: Readonly<Record<string, string>> = activity.events;
  return (Object.hasOwn(known, event) ? known[event] : undefined) ?? activity.other;
};
