import { randomBytes } from "node:crypto";
import { keyRing } from "../../lib/crypto/key-ring.ts";
import { refreshed } from "../../lib/runtime/refreshed.ts";
import {
  newLine,
  newLineBytes,
  rotateText,
  type RotationStep,
} from "../../lib/crypto/rotate-text.ts";
import type { KeyPurpose } from "../../lib/crypto/secret-key.ts";
import { secretLines } from "../../lib/crypto/secret-lines.ts";
import type { Instance } from "./service-instances.ts";

const purposes = ["lookup", "totp", "recovery-codes", "codes"] as const;

type Clock = { readonly now: () => number };

/** Secrets that a test can rotate, and instances. Each instance reads the secrets again when its own copy is old. */
export const rotatingSecrets = () => {
  const webhook = "telegram-webhook";
  const texts = new Map<string, string>(
    [...purposes, webhook].map((name) => [name, `the first secret of ${name} `.padEnd(64, "-")]),
  );
  const textOf = (name: string) => texts.get(name) ?? "";

  const anInstance = (clock: Clock) => {
    const read = <T>(name: string, make: (text: string) => T) =>
      refreshed(() => Promise.resolve(make(textOf(name))), {
        now: clock.now,
        onFailure(fault) {
          throw fault;
        },
      }).get;
    const keys = Object.fromEntries(
      purposes.map((purpose) => [purpose, read(purpose, (text) => keyRing(text, purpose))]),
    ) as Record<KeyPurpose, ReturnType<Instance["keysOf"]>>;
    const webhookSecrets = read(webhook, secretLines);
    const instance: Instance = { keysOf: (purpose) => keys[purpose], webhookSecrets };
    /** Reads all secrets, as an instance that is in use has done. */
    const warm = () => Promise.all([...Object.values(keys).map((get) => get()), webhookSecrets()]);
    return { instance, warm };
  };

  const rotate = (step: RotationStep, now: number): void => {
    for (const [name, text] of texts) {
      const rotated = rotateText(text, step, newLine(randomBytes(newLineBytes), new Date(now)));
      if (rotated.kind !== "changed") throw new Error(`${name}: ${step} is ${rotated.kind}.`);
      texts.set(name, rotated.text);
    }
  };

  return {
    anInstance,
    rotate,
    keysOf: (purpose: KeyPurpose) => keyRing(textOf(purpose), purpose),
    webhookSecret: () => secretLines(textOf(webhook))[0],
  };
};
