/**
 * add: all instances learn the new key. use: the new key becomes the first, and makes new values. drop: the old key is
 * removed, and what it made no longer works. The operator waits between the steps, so that no instance gets a value
 * made with a key that it does not know.
 */
export type RotationStep = "add" | "use" | "drop";

export type Rotated =
  | { readonly kind: "changed"; readonly text: string }
  /** The step is already done: running it twice changes nothing. */
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly why: string };

/**
 * A new line for a secret: the time at which it was made, then 64 random characters. The time shows which of two lines
 * is newer. Telegram accepts the alphabet and the length for a webhook's secret.
 */
export const newLine = (random: Buffer, now: Date): string =>
  `${now.toISOString().replace(/[-:]|\.\d+/g, "")}_${random.toString("base64url")}`;

/** The number of random bytes of a new line: 384 bits. */
export const newLineBytes = 48;

/** The text of a secret after a step of a rotation. */
export const rotateText = (text: string, step: RotationStep, added: string): Rotated => {
  const lines = text.split("\n").map((line) => line.trim());
  const [first, second, ...more] = lines;
  if (!first || second === "" || more.length > 0) {
    return refused("The text is not one or two keys, one a line. Put it in order by hand.");
  }
  return second === undefined
    ? ofOne(text, first, step, added)
    : ofTwo([first, second], step, madeAt(first), madeAt(second));
};

const ofOne = (text: string, only: string, step: RotationStep, added: string): Rotated => {
  switch (step) {
    case "add":
      return text === only
        ? { kind: "changed", text: `${only}\n${added}` }
        : refused("Blanks at the ends of the text are part of this key, and would be lost.");
    case "use":
      return refused("There is one key. Begin with add.");
    case "drop":
      return { kind: "done" };
  }
};

const ofTwo = (
  [first, second]: readonly [string, string],
  step: RotationStep,
  firstMadeAt: string,
  secondMadeAt: string,
): Rotated => {
  if (firstMadeAt === secondMadeAt) {
    return refused("Which of the two keys is the new one cannot be told. Finish by hand.");
  }
  const used = firstMadeAt > secondMadeAt;
  switch (step) {
    case "add":
      return used ? refused("A rotation is under way. Finish it with drop.") : { kind: "done" };
    case "use":
      return used ? { kind: "done" } : { kind: "changed", text: `${second}\n${first}` };
    case "drop":
      return used
        ? { kind: "changed", text: first }
        : refused("The new key makes nothing yet. Go on with use.");
  }
};

/** When a line was made. A line that a stack generated has no time, and counts as older than any line that has one. */
const madeAt = (line: string): string => /^\d{8}T\d{6}Z_/.exec(line)?.[0] ?? "";

const refused = (why: string): Rotated => ({ kind: "refused", why });
