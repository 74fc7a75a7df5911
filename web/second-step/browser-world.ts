import { completionKeys } from "../client/step-keys.ts";
import { browserSurroundings } from "../client/watch-challenge.ts";
import { memoryIn, type Memory } from "../parts/memory.ts";
import { isMethod, type Method } from "./methods.ts";
import type { World } from "./world.ts";

const methodItem = "twostep-method";
const choiceItem = "twostep-choice";

const ofTab = memoryIn(() => sessionStorage);
const ofBrowser = memoryIn(() => localStorage);

/** The world of this challenge's second step in a browser. */
export const browserWorld = (challengeId: string): World => ({
  surroundings: browserSurroundings,
  completionKey: completionKeys(ofTab, () => crypto.randomUUID()),
  remembered: keptChoice(challengeId, ofTab) ?? rememberedMethod(ofBrowser),
});

const keptChoice = (challengeId: string, memory: Memory): Method | undefined => {
  const [id, method] = (memory.read(choiceItem) ?? "").split(" ");
  return id === challengeId && isMethod(method) ? method : undefined;
};

/**
 * Keeps the chosen method for this challenge. A phone may drop the page while another app is in front, such as the
 * authenticator app; the page then comes back on the same method.
 */
export const keepChoice = (challengeId: string, method: Method, memory: Memory = ofTab): void =>
  memory.write(choiceItem, `${challengeId} ${method}`);

const rememberedMethod = (memory: Memory): Method | undefined => {
  const name = memory.read(methodItem);
  return isMethod(name) ? name : undefined;
};

/**
 * Keeps the method with which this browser opens the next sign-in. It does not keep recovery codes, which are for
 * emergencies.
 */
export const rememberMethod = (method: Method, memory: Memory = ofBrowser): void => {
  if (method !== "recoveryCode") memory.write(methodItem, method);
};
