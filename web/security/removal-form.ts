import { html, nothing } from "lit";
import type { Content } from "./card.ts";
import { isOnAfter, remove, type Removal } from "./removal.ts";
import type { Screen } from "./screen.ts";
import { sessionsEnd, stepForm } from "./step-form.ts";
import type { Texts } from "./texts/en.ts";

/** Asks before the person switches or removes something, and says what follows. */
export const removalForm = (screen: Screen, removal: Removal): Content => {
  const { texts, view, actions } = screen;
  const say = texts.removal;
  const title = titleOf(removal, say);
  return stepForm(screen, {
    title: `${title}?`,
    body: html`${removal.change === "off" ? html`<p>${say.telegramStays}</p>` : nothing}
    ${
      view.secondStep && !isOnAfter(view, removal)
        ? html`<p class="notice danger">${say.turnsOff}</p>`
        : nothing
    }
    ${sessionsEnd(screen)}`,
    submit: title,
    look: removal.change === "on" ? "" : "destructive",
    onSubmit: () => actions.perform(remove(removal)),
  });
};

const titleOf = (removal: Removal, say: Texts["removal"]): string => {
  switch (removal.change) {
    case "on":
      return say.telegram_on;
    case "off":
      return say.telegram_off;
    case "unlink":
      return say.unlink(removal.name);
    case "remove":
      return removal.name === undefined
        ? say[`${removal.area}_all`]
        : say[removal.area](removal.name);
  }
};
