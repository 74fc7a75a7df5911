import { html, type TemplateResult } from "lit";
import { activityCard } from "./activity-card.ts";
import { authenticatorCard } from "./authenticator-card.ts";
import { phoneCard } from "./phone-card.ts";
import { problemText } from "./problem-text.ts";
import { recoveryCodesCard } from "./recovery-codes-card.ts";
import type { Screen } from "./screen.ts";
import { sessionsCard } from "./sessions-card.ts";
import { summary } from "./summary.ts";
import { telegramCard } from "./telegram-card.ts";

/** The whole tab. It needs the account. */
export const tab = (screen: Screen): TemplateResult => html`
  ${summary(screen)} ${telegramCard(screen)} ${authenticatorCard(screen)} ${phoneCard(screen)}
  ${recoveryCodesCard(screen)} ${sessionsCard(screen)} ${activityCard(screen)}
`;

/** The notice in place of the tab: the page is loading, nobody is signed in, or loading failed. */
export const notice = (
  { page, problem, texts, language }: Omit<Screen, "view">,
  again: () => void,
): TemplateResult => {
  if (page !== "failed" || !problem) {
    return html`<p class="notice" role="status">
      ${page === "signed_out" ? texts.signedOut : texts.loading}
    </p>`;
  }
  return html`<div class="notice known" role="alert">
    <p>${problemText(problem, texts, language)}</p>
    <button type="button" @click=${again}>${texts.retry}</button>
  </div>`;
};
