import { html, type TemplateResult } from "lit";
import { secondsUntil } from "../client/server-clock.ts";
import { duration, timeOfDay } from "../parts/duration.ts";
import type { Method } from "./methods.ts";
import type { Scene } from "./scene.ts";
import type { Said } from "./state.ts";

/** Seconds until the service reads codes again; 0 if it reads them now, or if the page does not know. */
export const pauseLeft = (said: Said | undefined, now: number | undefined): number =>
  said?.kind === "paused" && said.until !== undefined ? secondsUntil(said.until, now) : 0;

/** The last answer in words; null if there is nothing to say any more. */
export function saidView(
  said: Said | undefined,
  method: Method,
  scene: Scene,
  digits: number,
): string | TemplateResult | null {
  const { texts, language, now } = scene;
  switch (said?.kind) {
    case undefined:
      return null;
    case "incomplete":
      return method === "recoveryCode"
        ? texts.said.incompleteRecovery
        : texts.said.incomplete(digits);
    case "wrong_code": {
      const { attemptsLeft, clock } = said;
      if (clock) return clockView(clock, attemptsLeft, scene);
      return method === "phone"
        ? texts.said.wrongPhoneCode(attemptsLeft)
        : texts.said.wrongCode(attemptsLeft);
    }
    case "code_already_used":
      return method === "recoveryCode" ? texts.said.usedRecovery : texts.said.usedTotp;
    case "paused": {
      if (said.until === undefined) return texts.said.paused;
      const seconds = pauseLeft(said, now);
      return seconds === 0 ? null : texts.said.pausedFor(duration(seconds, language));
    }
    case "too_early":
      return texts.said.tooEarly;
    case "no_way_left":
      return texts.phone.noWayLeft;
    case "method_unavailable":
      return texts.said.unavailable;
    case "code_unavailable":
      return texts.said.codeUnavailable;
    case "refused":
      return texts.said.refused;
  }
}

/** The drift hint. A negative offset means that the phone's clock is slow. */
const clockView = (
  clock: { readonly offsetSeconds: number; readonly serverTime: string },
  attemptsLeft: number,
  { texts: { said }, language, now }: Scene,
) => {
  const off = duration(Math.abs(clock.offsetSeconds), language);
  return html`<div class="notice caution tight" part="clock">
    <strong>${clock.offsetSeconds < 0 ? said.slow(off) : said.fast(off)}</strong>
    <span>${said.setClock}</span>
    <span class="small">${said.itIs(timeOfDay(now ?? clock.serverTime, language))} ${said.left(attemptsLeft)}</span>
  </div>`;
};
