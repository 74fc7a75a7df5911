/** Takes the digits from typed or pasted text ("492 039", "492-039"), at most as many as the code has. */
export const codeDigits = (typed: string, digits: number): string =>
  typed.replace(/[^0-9]/g, "").slice(0, digits);

/** The place of the caret after the field has removed everything but digits. */
export const caretAfter = (typed: string, caret: number, digits: number): number =>
  codeDigits(typed.slice(0, caret), digits).length;
