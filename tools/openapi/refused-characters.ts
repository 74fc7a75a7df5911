/** The inside of a class of ECMA-262 with flag `u`, such as `\p{C}\p{Zl}`: characters that must not be in a text. */
export type Refused = string;

/** Characters that every dialect of regular expressions can name, and that are in the class of this property. */
const portable: Readonly<Record<string, string>> = {
  "\\p{C}": "\\x00-\\x1f\\x7f-\\x9f",
  "\\p{Zl}": "\\u2028",
  "\\p{Zp}": "\\u2029",
};

/**
 * Python's `re`, and so every validator that is written in Python, has no `\p{…}` and refuses the whole document for it.
 * The pattern says what all of them understand; `x-refused-characters` says the rest.
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
 * The pattern of a text that has 1 to so many characters, and none of these, when it is trimmed: `\s` of ECMA-262 is what
 * `trim` takes away.
 */
export const trimmedTo = (refused: Refused, maximum: number): string => {
  const characters = inEveryDialect(refused);
  const edge = `[^\\s${characters}]`;
  return `^\\s*${edge}(?:[^${characters}]{0,${maximum - 2}}${edge})?\\s*$`;
};
