import { html, nothing } from "lit";
import { opener, type Content } from "./card.ts";
import type { Flow } from "./flow.ts";
import type { Screen } from "./screen.ts";

type Factor = { readonly id: string; readonly name: string; readonly about: string };

const most = 5;

/** The list of apps or numbers. The person can remove each and add one more. */
export const factorList = (
  screen: Screen,
  area: "totp" | "phone",
  factors: readonly Factor[],
  add: { readonly text: string; readonly flow: Flow } | undefined,
): Content => {
  const { texts } = screen;
  // If there is only one, the card's own button disables it.
  const single = factors.length === 1;
  return html`
    <ul class="rows" part="list">
      ${factors.map(
        ({ id, name, about }) =>
          html`<li>
            <div class="what">
              <p class="name">${name}</p>
              <p class="quiet small">${about}</p>
            </div>
            ${
              single
                ? nothing
                : opener(
                    screen,
                    `remove-${id}`,
                    {
                      kind: "removal",
                      step: "ask",
                      removal: { area, change: "remove", ids: [id], name },
                    },
                    texts[area].remove,
                    { look: "link", label: texts.removal[area](name) },
                  )
            }
          </li>`,
      )}
    </ul>
    ${
      add && factors.length < most
        ? opener(screen, `add-${area}`, add.flow, add.text, { look: "link" })
        : nothing
    }
  `;
};

/** The one button of the card: it adds the first factor or disables all of them. */
export const factorButton = (
  screen: Screen,
  area: "totp" | "phone",
  ids: readonly string[],
  launch: Flow,
): Content => {
  const { texts } = screen;
  const off = ids.length > 0;
  const text = off ? texts.disable : texts.launch;
  const flow: Flow = off
    ? { kind: "removal", step: "ask", removal: { area, change: "remove", ids } }
    : launch;
  return opener(screen, `open-${area}`, flow, text, { label: `${text}: ${texts[area].title}` });
};
