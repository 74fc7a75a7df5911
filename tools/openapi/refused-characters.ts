/** The inside of an ECMA-262 character class with flag `u`, such as `\p{C}\p{Zl}`: a text must not have these. */
export type Refused = string;

/** Characters of each property that every dialect of regular expressions can name. */
const portable: Readonly<Record<string, string>> = {
  "\\p{C}": "\\x00-\\x1f\\x7f-\\x9f",
  "\\p{Zl}": "\\u2028",
  "\\p{Zp}": "\\u2029",
};

/**
 * Python's `re` does not know `\p{…}`, so every validator in Python refuses a whole document that contains it. The
 * pattern names only what every dialect understands; `x-refused-characters` names the rest.
 */
const inEveryDialect = (refused: Refused): string =>
  refused.replace(/\\p\{\w+\}/g, (property) => {
    const characters = portable[property];
    if (characters === undefined) throw new Error(`Say in other words what ${property} refuses.`);
    return characters;
  });

/** The pattern of a text without these characters. */
export const allowing = (refused: Refused): string => `^[^${inEveryDialect(refused)}]*$`;

/**
 * The pattern of a text that has 1 to `maximum` characters after `trim`, and none of the refused ones. ECMA-262's `\s`
 * is exactly what `trim` removes.
 */
export const trimmedTo = (refused: Refused, maximum: number): string => {
  const characters = inEveryDialect(refused);
  const edge = `[^\\s${characters}]`;
  return `^\\s*${edge}(?:[^${characters}]{0,${maximum - 2}}${edge})?\\s*$`;
};
