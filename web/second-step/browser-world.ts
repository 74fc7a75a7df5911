import { completionKeys } from "../client/step-keys.ts";
import { browserSurroundings } from "../client/watch-challenge.ts";
import { memoryIn, type Memory } from "../parts/memory.ts";
import { isMethod, type Method } from "./methods.ts";
import type { World } from "./world.ts";

const methodItem = "twostep-method";
const choiceItem = "twostep-choice";

const ofTab = memoryIn(() => sessionStorage);
const ofBrowser = memoryIn(() => localStorage);

/** Where the second step of this challenge runs in a browser. */
export const browserWorld = (challengeId: string): World => ({
  surroundings: browserSurroundings,
  completionKey: completionKeys(ofTab, () => crypto.randomUUID()),
  remembered: keptChoice(challengeId, ofTab) ?? rememberedMethod(ofBrowser),
});

const keptChoice = (challengeId: string, memory: Memory): Method | undefined => {
  const [id, method] = (memory.read(choiceItem) ?? "").split(" ");
  return id === challengeId && isMethod(method) ? method : undefined;
};

/** Phones forget a page while another app is in front, the one with the codes, say: it comes back on the same method. */
export const keepChoice = (challengeId: string, method: Method, memory: Memory = ofTab): void =>
  memory.write(choiceItem, `${challengeId} ${method}`);

const rememberedMethod = (memory: Memory): Method | undefined => {
  const name = memory.read(methodItem);
  return isMethod(name) ? name : undefined;
};

/** The next sign-in of this browser opens on this method. Recovery codes are for an emergency, not for the next time. */
export const rememberMethod = (method: Method, memory: Memory = ofBrowser): void => {
  if (method !== "recoveryCode") memory.write(methodItem, method);
};
