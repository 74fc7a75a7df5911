import type { Limits } from "../../lib/settings/limits.ts";
import { codeAt, wrongCodeAt } from "../support/authenticator.ts";
import { day, hour, minute, second } from "../support/time.ts";
import type { Command, CommandOf } from "./challenge-commands.ts";
import { whoShows } from "./challenge-model.ts";
import { aStoryBesideModel } from "./story-beside-model.ts";

/** Tells a story from an account with one authenticator and recovery codes on. Returns the outcomes that it met. */
export const runCommands = (commands: readonly Command[], limits: Limits) => {
  const story = aStoryBesideModel(limits);
  const { model } = story;
  let last = "000000";

  /** The newest first. Undefined while there are not so many. */
  const challenge = (n: number) => [...model.challenges.keys()].at(-1 - n);
  const app = (n: number) => [...model.apps.keys()].at(n % Math.max(1, model.apps.size));

  const totpCode = ({ app: n, code }: CommandOf<"totp">) => {
    if (code === "last") return last;
    if (code === "wrong") return wrongCodeAt(story.now(), ...model.apps.keys());
    last = codeAt(story.now(), { name: app(n) ?? "none", steps: code });
    return last;
  };

  const does: { [Kind in Command["kind"]]: (command: CommandOf<Kind>) => void } = {
    open: ({ again }) => {
      if (model.apps.size > 0) story.open(again);
    },
    totp: (command) => {
      const id = challenge(command.challenge);
      for (let n = 0; id && n < command.times; n += 1) {
        const code = totpCode(command);
        // A code of two steps or two apps is a coincidence that the model does not tell.
        if (whoShows([...model.apps.keys()], code, story.now()).length > 1) return;
        story.answer("totp", id, code);
      }
    },
    recovery: ({ challenge: newest, code, times }) => {
      const id = challenge(newest);
      const typed = code === "wrong" ? undefined : story.codes.at(-1 - code);
      for (let n = 0; id && n < times; n += 1) story.answer("recovery", id, typed ?? "no code");
    },
    cancel: ({ challenge: n }) => {
      const id = challenge(n);
      if (id) story.cancel(id);
    },
    enable: () => {
      if (model.apps.size < 4) story.enable();
    },
    remove: ({ app: n }) => {
      const name = app(n);
      if (name !== undefined) story.remove(name);
    },
    "replace codes": () => {
      if (model.apps.size > 0) story.replaceCodes();
    },
    "end sessions": story.endSessions,
    reset: story.reset,
    wait: ({ seconds }) => story.wait(seconds * second),
    "wait for": ({ what, early }) => {
      const newest = [...model.challenges.values()].at(-1)?.openedAt ?? 0;
      const until = {
        pause: model.pausedUntil,
        expiry: newest + 10 * minute,
        hour: (model.openedAt.sign_in[0] ?? 0) + hour,
        day: (model.recoveryWrongAt.at(-5) ?? 0) + day,
      }[what];
      story.wait(Math.max(0, until - story.now() - (early ? 1 : 0)));
    },
  };
  const run = <Kind extends Command["kind"]>(command: CommandOf<Kind> & { readonly kind: Kind }) =>
    does[command.kind](command);

  story.enable();
  story.replaceCodes();
  for (const command of commands) run(command);
  return story.met;
};
