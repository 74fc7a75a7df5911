import type { RotationStep } from "../lib/crypto/rotate-text.ts";
import { learnedAfterSeconds } from "./rotate-secret.ts";

export type Purpose = "lookup" | "totp" | "recovery-codes" | "codes" | "telegram-webhook";

/** What to do after a step that was taken at `since`. */
export const nextStep = (purpose: Purpose, step: RotationStep, since: Date): string => {
  const after = (seconds: number) => new Date(since.getTime() + seconds * 1000).toISOString();
  const learned = after(learnedAfterSeconds);
  switch (step) {
    case "add":
      return `Everybody knows the new key at ${learned}. Then: --step use.`;
    case "use":
      return `Everybody makes with the new key at ${learned}. ${beforeDrop[purpose](learned)}`;
    case "drop":
      return purpose === "recovery-codes"
        ? "Sets of the old key are dead. Run re-encrypt with --void-recovery-codes-before and --event-bus, so that people see it."
        : "The rotation is finished.";
  }
};

const beforeDrop: Record<Purpose, (learned: string) => string> = {
  totp: () => "Then: re-encrypt with --totp-key, and --step drop.",
  lookup: () =>
    "Then: re-encrypt with --lookup-key, and --step drop. A day after add no count of tries or sends begins anew by it.",
  codes: () => "Half an hour from now: --step drop. A day after add no count of sends begins anew.",
  "telegram-webhook": () => "Half an hour from now: --step drop.",
  "recovery-codes": (learned) =>
    `Codes made before then die with the old key: give people time to make new ones before --step drop, and afterwards run re-encrypt with --void-recovery-codes-before ${learned} and --event-bus.`,
};
