import { html, type TemplateResult } from "lit";
import type { Challenge, Client } from "../client.ts";
import type { Language } from "../language.ts";
import "../second-step/second-step.ts";
import type { CompletedEvent, EndedEvent, OverEvent } from "../second-step/second-step.ts";

/** The element with its properties set; `handlers` are the host element's. */
export const secondStepElement = (
  { client, challenge, language }: { client: Client; challenge: Challenge; language: Language },
  handlers: {
    readonly completed: (event: CompletedEvent) => void;
    readonly ended: (event: EndedEvent) => void;
    readonly over: (event: OverEvent) => void;
  },
): TemplateResult => html`<twostep-second-step
  exportparts="title, whose, number, accounts, step, status, ways, way, primary, button, link, error, field, code, slot, recovery-code, clock, ending"
  .client=${client}
  .challenge=${challenge}
  .language=${language}
  @completed=${handlers.completed}
  @ended=${handlers.ended}
  @over=${handlers.over}
  ><slot name="help" slot="help"></slot
></twostep-second-step>`;
