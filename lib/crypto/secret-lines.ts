/**
 * The secrets in a secret's text: one, or several during a rotation, one on each line. The first makes new values; all
 * of them check. A text of one line keeps its blanks, as it always did. Throws if the text is empty.
 */
export const secretLines = (text: string): readonly [string, ...string[]] => {
  const [first, ...others] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (first === undefined) throw new Error("A secret without a text.");
  return others.length === 0 ? [text] : [first, ...others];
};
