import { html, nothing, type TemplateResult } from "lit";
import type { Client } from "../client.ts";
import { anotherSessionView } from "../second-step/another-session-view.ts";
import type { CompletedEvent, EndedEvent, OverEvent } from "../second-step/second-step.ts";
import { passwordForm, type FormScene } from "./password-form.ts";
import { secondStepElement } from "./second-step-element.ts";
import type { Start } from "./start.ts";
import { textsIn as secondStepTextsIn } from "../second-step/texts/texts.ts";
import { textsIn } from "./texts/texts.ts";

export type Step =
  | { readonly kind: "connecting"; readonly retrying: boolean }
  | { readonly kind: "signed_in" }
  | Exclude<Start, { kind: "unreachable" | "signed_in" }>;

export type Scene = Omit<FormScene, "texts"> & {
  readonly step: Step;
  readonly client: Client | undefined;
  readonly completed: (event: CompletedEvent) => void;
  readonly ended: (event: EndedEvent) => void;
  /** The person keeps their own session; the link belongs to another account. */
  readonly stay: () => void;
  readonly replace: () => void;
  readonly over: (event: OverEvent) => void;
};

/** The whole sign-in, between the host's header and footer. */
export const signInView = (scene: Scene): TemplateResult => html`<div class="all">
  <slot name="header"></slot>
  ${stepView(scene)}
  <slot name="footer"></slot>
</div>`;

function stepView(scene: Scene): TemplateResult | typeof nothing {
  const { step, client, language } = scene;
  const texts = textsIn(language);
  switch (step.kind) {
    case "connecting":
      return html`<p class="quiet" role="status" part="status">
        ${step.retrying ? texts.retrying : texts.connecting}
      </p>`;
    case "form":
      return passwordForm({ ...scene, texts });
    case "second_step":
      return client
        ? secondStepElement({ client, challenge: step.challenge, language }, scene)
        : nothing;
    case "another_session":
      return anotherSessionView(secondStepTextsIn(language), step, scene);
    case "signed_in":
      return html`<h2 part="title" tabindex="-1">${texts.signedIn}</h2>`;
    case "link_over":
      return html`<div class="stack" part="ending">
        <h2 part="title" tabindex="-1">${texts.linkOver.title}</h2>
        <p>${texts.linkOver.text}</p>
        <slot name="help"></slot>
      </div>`;
  }
}
