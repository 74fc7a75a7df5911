/**
 * What a secret's text holds: one secret, or during a rotation several, one a line. The first makes, all of them check.
 * A text of one line is taken as it stands, blanks and all, as it always was. Throws on an empty one.
 */
export const secretLines = (text: string): readonly [string, ...string[]] => {
  const [first, ...others] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (first === undefined) throw new Error("A secret without a text.");
  return others.length === 0 ? [text] : [first, ...others];
};
